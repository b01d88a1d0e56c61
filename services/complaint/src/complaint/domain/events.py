"""What complaint tells the world. Each class has a contract in ``shared/contracts/events``.

Persons, complainants and customers are ids. Only FieldWorkDescribed holds words that somebody
wrote, which may tell of a person; it travels on the private exchange.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from complaint.domain.intake import Channel, Complainant
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfComplaint:
    """Every event here is of one complaint, and but for one in the order of that complaint."""

    type: ClassVar[str]
    subject: ClassVar[str] = "complaint/{complaint_id}"

    complaint_id: UUID
    org_unit: str


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
    raised or handler_left."""

    type: ClassVar[str] = "complaint.assigned.v1"

    form_id: UUID
    level: int
    tier: int
    person_ids: tuple[UUID, ...]
    reason: str
    because: Because


@dataclass(frozen=True, kw_only=True)
class FirstContactDueSoon(OfComplaint):
    """Little working time is left for the first contact (CP-17)."""

    type: ClassVar[str] = "complaint.first_contact_due_soon.v1"

    handler_id: UUID
    due_at: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class FirstContactBreached(OfComplaint):
    """The complainant was not contacted in time (CP-17)."""

    type: ClassVar[str] = "complaint.first_contact_breached.v1"

    handler_id: UUID
    supervisor_ids: tuple[UUID, ...]
    due_at: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class FirstContactMade(OfComplaint):
    """The complainant or his agent was contacted (CP-17)."""

    type: ClassVar[str] = "complaint.first_contact_made.v1"

    handler_id: UUID
    contacted_at: datetime
    on_time: bool


@dataclass(frozen=True, kw_only=True)
class FieldWorkRequested(OfComplaint):
    """Somebody has to go there; where and what for is told by FieldWorkDescribed."""

    type: ClassVar[str] = "complaint.field_work_requested.v1"

    request_id: UUID
    customer_id: UUID | None
    requested_by: UUID
    reply_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class FieldWorkDescribed(OfComplaint):
    """What is to be done and where: dispatch opens a work order for it."""

    type: ClassVar[str] = "complaint.field_work_described.v1"
    subject: ClassVar[str] = "field_work/{request_id}"
    private: ClassVar[bool] = True

    request_id: UUID
    customer_id: UUID | None
    requested_by: UUID
    place: str
    content: str
    requirements: str
    reply_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class FieldWorkDone(OfComplaint):
    """The work order was called back; ``satisfied`` is what the customer said of the work."""

    type: ClassVar[str] = "complaint.field_work_done.v1"

    request_id: UUID | None
    work_order_id: UUID
    satisfied: bool


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
