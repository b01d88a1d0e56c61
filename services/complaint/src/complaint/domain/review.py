"""Who may approve the handling of a complaint, and who decides when nobody could settle it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from complaint.domain.chain import Meeting, Step
from complaint.domain.staff import Caller
from shared.rules import Forbidden, Ruling


@dataclass(frozen=True)
class Review:
    """What the reviewer said of the handling (CP-18..CP-21)."""

    by: UUID
    at: datetime
    opinion: str


@dataclass(frozen=True)
class Decision:
    """What the general manager's meeting decided (CP-31)."""

    by: UUID
    at: datetime
    text: str


class ReviewerIsHandler(Forbidden):
    """Nobody reviews a complaint that he had a hand in (CP-21)."""

    code = "reviewer_is_handler"


class ReviewerUnfit(Forbidden):
    """The review of this level is for others (CP-18..CP-21)."""

    code = "reviewer_unfit"


class DeciderUnfit(Forbidden):
    """Only the general manager's meeting decides here (CP-31)."""

    code = "decider_unfit"


class ArchivistUnfit(Forbidden):
    """Others file the complaints of this level away (CP-18)."""

    code = "archivist_unfit"


def check_reviewer(by: Caller, *, step: Ruling[Step], hands: Collection[UUID]) -> None:
    """Refuse whoever the pack does not name, or who is one of ``hands``, the persons that handled.

    Raises ReviewerUnfit, ReviewerIsHandler.
    """
    if not by.roles.intersection(step.value.reviewers):
        raise ReviewerUnfit("Others review this level.", because=step.because)
    if by.id in hands:
        raise ReviewerIsHandler("You had a hand in this complaint.", because=step.because)


def check_decider(by: Caller, *, meeting: Ruling[Meeting]) -> None:
    """Refuse whoever does not decide in the meeting. Raises DeciderUnfit."""
    if not by.roles.intersection(meeting.value.deciders):
        raise DeciderUnfit("The meeting decides this.", because=meeting.because)


def check_archivist(by: Caller, *, step: Ruling[Step]) -> None:
    """Refuse whoever does not file complaints of this level away. Raises ArchivistUnfit."""
    if not by.roles.intersection(step.value.archivists):
        raise ArchivistUnfit("Others file this away.", because=step.because)
