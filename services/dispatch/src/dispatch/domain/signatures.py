"""A signature: who signed which exact text, and when."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

GOES_ON = "\n    "  # No name of a line begins with blanks, so a line that does goes on.


@dataclass(frozen=True, kw_only=True)
class Signed:
    """What a signer hands over: the typed name and, where one was drawn, the image's SHA-256.
    ``photograph_id`` is that of the photograph of paper that was signed."""

    name: str
    image_sha256: str | None = None
    photograph_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A name under a text. ``digest`` is the SHA-256 (hex) of the text's UTF-8 bytes. ``proof_id``
    is where the text itself is kept, with what else proves the signature."""

    name: str
    image_sha256: str | None
    digest: str
    at: datetime
    proof_id: UUID | None = None

    @classmethod
    def under(cls, text: str, signed: Signed, *, now: datetime) -> "Signature":
        """The signature that ``signed`` puts under ``text`` at ``now``."""
        return cls(
            name=signed.name,
            image_sha256=signed.image_sha256,
            digest=digest_of(text),
            at=now,
        )


def digest_of(text: str) -> str:
    """SHA-256 of ``text`` in UTF-8, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def sheet(*lines: tuple[str, object]) -> str:
    """The text that is signed: one ``name: value`` a line, in this order. What is a line further
    down in a value is indented, so that different values never make the same text."""
    written = ((name, str(value).replace("\n", GOES_ON)) for name, value in lines)
    return "\n".join(f"{name}: {value}" for name, value in written)


def lines_of(text: str) -> dict[str, str]:
    """The values of a sheet by their names."""
    whole = text.replace(GOES_ON, "\0").split("\n")
    parted = (line.replace("\0", "\n").partition(": ") for line in whole)
    return {name: value for name, _, value in parted}
