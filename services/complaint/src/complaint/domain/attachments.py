"""What customers and staff add to a case: pictures and documents (CP-54). A file is what its first
bytes say, whatever it is called."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from shared.file_types import KIB, LARGEST_KIB, MediaType, is_ambiguous, sniffed
from shared.rules import Invalid, RuleBroken, Ruling

LARGEST = LARGEST_KIB * KIB  # bytes


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
