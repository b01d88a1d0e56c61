"""Which file is what: a file is what its first bytes say, whatever it is called."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

KIB = 1024
LARGEST_KIB = 10 * KIB  # packs may allow less, and not more
HEAD = 1024  # Where readers of PDF look for its beginning, and browsers for markup.
MARKUP = re.compile(rb"<(?:html|script|svg|!doctype)", re.IGNORECASE)
# The end of a ZIP archive, which its readers look for from behind, and a comment after it.
ZIP_END, ZIP_TAIL = b"PK\x05\x06\x00\x00\x00\x00", 22 + 65_535
HEIF = frozenset({b"heic", b"heix", b"mif1"})


class MediaType(StrEnum):
    """What is known by its first bytes."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"

    @property
    def ending(self) -> str:
        """How a file of that type ends."""
        return self.partition("/")[2]


SIGNATURES: Mapping[MediaType, Callable[[bytes], bool]] = {
    MediaType.PDF: lambda head: head.startswith(b"%PDF-"),
    MediaType.JPEG: lambda head: head.startswith(b"\xff\xd8\xff"),
    MediaType.PNG: lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    MediaType.WEBP: lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
    MediaType.HEIC: lambda head: head[4:8] == b"ftyp" and head[8:12] in HEIF,
}


def sniffed(content: bytes) -> MediaType | None:
    """What the first bytes say; None for what is not known."""
    return next((kind for kind, fits in SIGNATURES.items() if fits(content[:HEAD])), None)


def is_ambiguous(content: bytes, found: MediaType) -> bool:
    """Whether a reader of PDF, an unpacker or a browser could take it for something of theirs."""
    head = content[:HEAD]
    hides_pdf = found is not MediaType.PDF and b"%PDF-" in head
    return hides_pdf or ZIP_END in content[-ZIP_TAIL:] or MARKUP.search(head) is not None
