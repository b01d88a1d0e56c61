"""What customers and staff add to a case: pictures and documents (CP-54). A file is what its first
bytes say, whatever it is called."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from shared.rules import Invalid, RuleBroken, Ruling

KIB = 1024
LARGEST = 10 * KIB * KIB  # bytes; packs may allow less, and not more
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


@dataclass(frozen=True)
class AttachmentRule:
    """Which types are taken, how many of them with one case, and how large one may be."""

    types: frozenset[MediaType]
    most: int
    largest_kib: int


@dataclass(eq=False, kw_only=True)
class Attachment:
    """A file of a case. ``size`` is in bytes; ``added_by`` is None where the customer did it."""

    id: UUID
    case_id: UUID
    media_type: MediaType
    size: int
    sha256: bytes
    added_at: datetime
    added_by: UUID | None
    content: bytes

    @property
    def name(self) -> str:
        """What it is called where it is saved: nothing that anybody wrote."""
        return f"{self.id}.{self.media_type.ending}"


class AttachmentEmpty(Invalid):
    """There is nothing in it."""

    code = "attachment_empty"


class AttachmentTooLarge(RuleBroken):
    """It is larger than the pack allows."""

    code = "attachment_too_large"
    status = 413


class AttachmentTypeRefused(RuleBroken):
    """It is none of the types that the pack takes, or not to be recognised."""

    code = "attachment_type_refused"
    status = 415


class AttachmentAmbiguous(RuleBroken):
    """It can be read as something else than it begins with."""

    code = "attachment_ambiguous"
    status = 415


class TooManyAttachments(RuleBroken):
    """The case has as many as the pack allows."""

    code = "too_many_attachments"


def attachment(
    content: bytes,
    *,
    id: UUID,
    case_id: UUID,
    by: UUID | None,
    now: datetime,
    present: int,
    rule: Ruling[AttachmentRule],
) -> Attachment:
    """A file that comes to a case which has ``present`` of them.

    Raises AttachmentEmpty, AttachmentTooLarge, AttachmentTypeRefused, AttachmentAmbiguous,
    TooManyAttachments.
    """
    return Attachment(
        id=id,
        case_id=case_id,
        media_type=_checked(content, present=present, rule=rule),
        size=len(content),
        sha256=sha256(content).digest(),
        added_at=now,
        added_by=by,
        content=content,
    )


def _checked(content: bytes, *, present: int, rule: Ruling[AttachmentRule]) -> MediaType:
    allowed, because = rule.value, rule.because
    if not content:
        raise AttachmentEmpty("The file is empty.")
    if len(content) > allowed.largest_kib * KIB:
        raise AttachmentTooLarge(f"A file has at most {allowed.largest_kib} KiB.", because=because)
    found = sniffed(content)
    if found is None or found not in allowed.types:
        raise AttachmentTypeRefused(
            "Files of this kind are not taken.", because=because, allowed=sorted(allowed.types)
        )
    if is_ambiguous(content, found):
        raise AttachmentAmbiguous("The file can be read as something else as well.")
    if present >= allowed.most:
        raise TooManyAttachments(f"A case has at most {allowed.most} files.", because=because)
    return found


def sniffed(content: bytes) -> MediaType | None:
    """What the first bytes say; None for what is not known."""
    return next((kind for kind, fits in SIGNATURES.items() if fits(content[:HEAD])), None)


def is_ambiguous(content: bytes, found: MediaType) -> bool:
    """Whether a reader of PDF, an unpacker or a browser could take it for something of theirs."""
    head = content[:HEAD]
    hides_pdf = found is not MediaType.PDF and b"%PDF-" in head
    return hides_pdf or ZIP_END in content[-ZIP_TAIL:] or MARKUP.search(head) is not None
