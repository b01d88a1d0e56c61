"""A signature: who signed which exact text, and when."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256


@dataclass(frozen=True, kw_only=True)
class Signed:
    """What a signer hands over: the typed name and, where one was drawn, the image's SHA-256."""

    name: str
    image_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A name under a text. ``digest`` is the SHA-256 (hex) of the text's UTF-8 bytes."""

    name: str
    image_sha256: str | None
    digest: str
    at: datetime

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
    """The text that is signed: one ``name: value`` a line, in this order."""
    return "\n".join(f"{name}: {value}" for name, value in lines)
