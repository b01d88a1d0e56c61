"""A complaint from its filing to the archive."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from complaint.domain.events.subject import OfComplaint
from complaint.domain.intake import Channel, Complainant
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class ComplaintFiled(OfComplaint):
    """A complaint was taken in (CP-17): ``because`` is the clause of the first-contact time."""

    type: ClassVar[str] = "complaint.filed.v1"

    customer_id: UUID | None
    number: str
    complainant: Complainant
    channel: Channel
    level: int
    handler_id: UUID
    form_id: UUID
    first_contact_due_at: datetime
    provisional: bool
    because: Because


@dataclass(frozen=True, kw_only=True)
class ComplaintAssigned(OfComplaint):
    """A complaint went to the persons of a tier (CP-18..CP-20). ``reason``: filed, escalated,
    raised, lowered, reopened or handler_left."""

    type: ClassVar[str] = "complaint.assigned.v1"

    form_id: UUID
    level: int
    tier: int
    person_ids: tuple[UUID, ...]
    reason: str
    because: Because


@dataclass(frozen=True, kw_only=True)
class ResultTold(OfComplaint):
    """The complainant was told the result (CP-28)."""

    type: ClassVar[str] = "complaint.result_told.v1"

    form_id: UUID
    told_at: datetime


@dataclass(frozen=True, kw_only=True)
class SatisfactionAnswered(OfComplaint):
    """The complainant said how satisfied he is (CP-28..CP-30)."""

    type: ClassVar[str] = "complaint.satisfaction_answered.v1"

    form_id: UUID
    scale: str
    answer: int
    normalised: int
    accepted: bool
    because: Because


@dataclass(frozen=True, kw_only=True)
class ReportedToLeader(OfComplaint):
    """The leader who supervises such complaints was told of a new one (CP-53)."""

    type: ClassVar[str] = "complaint.reported_to_leader.v1"

    leader_id: UUID
    reported_by: UUID | None
    reported_at: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class ComplaintEscalated(OfComplaint):
    """A dissatisfied complainant's case went up a level with a form of its own (CP-30)."""

    type: ClassVar[str] = "complaint.escalated.v1"

    from_level: int
    to_level: int
    form_id: UUID
    previous_form_id: UUID
    because: Because


@dataclass(frozen=True, kw_only=True)
class GmMeetingRequested(OfComplaint):
    """There is no level above: the general manager's meeting has to decide (CP-31)."""

    type: ClassVar[str] = "complaint.gm_meeting_requested.v1"

    secretary_ids: tuple[UUID, ...]
    because: Because


@dataclass(frozen=True, kw_only=True)
class ComplaintReviewed(OfComplaint):
    """Somebody other than the handler approved the outcome (CP-18..CP-21)."""

    type: ClassVar[str] = "complaint.reviewed.v1"

    form_id: UUID
    reviewer_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingDecided(OfComplaint):
    """The general manager's meeting decided (CP-31); what it decided stands on the form."""

    type: ClassVar[str] = "complaint.meeting_decided.v1"

    form_id: UUID
    decided_by: UUID
    because: Because


@dataclass(frozen=True, kw_only=True)
class ComplaintClosed(OfComplaint):
    """The complaint was archived (CP-29). ``answer`` is the last one, of its scale."""

    type: ClassVar[str] = "complaint.closed.v1"

    answer: int
    normalised: int
    closed_at: datetime


@dataclass(frozen=True, kw_only=True)
class ComplaintReopened(OfComplaint):
    """Whoever supervises took a closed complaint up again, with a form of its own (CP-49)."""

    type: ClassVar[str] = "complaint.reopened.v1"

    form_id: UUID
    previous_form_id: UUID
    reopened_by: UUID
    because: Because
