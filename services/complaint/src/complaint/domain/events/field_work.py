"""Work at the customer's that dispatch does, or cancels."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from complaint.domain.events.subject import OfComplaint


@dataclass(frozen=True, kw_only=True)
class OfFieldWork(OfComplaint):
    """Every event here is of a case that needs field work: of a complaint, or of a problem, whose
    id then is the ``complaint_id``; ``kind`` tells which."""

    subject: ClassVar[str] = "{kind}/{complaint_id}"

    kind: str


@dataclass(frozen=True, kw_only=True)
class FieldWorkRequested(OfFieldWork):
    """Somebody has to go there; where and what for is told by FieldWorkDescribed."""

    type: ClassVar[str] = "complaint.field_work_requested.v1"

    request_id: UUID
    customer_id: UUID | None
    requested_by: UUID
    reply_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class FieldWorkDescribed(OfFieldWork):
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
class FieldWorkCancelled(OfFieldWork):
    """Dispatch ended the work order without the work; the handler has to find another way."""

    type: ClassVar[str] = "complaint.field_work_cancelled.v1"

    request_id: UUID | None
    work_order_id: UUID
    handler_id: UUID


@dataclass(frozen=True, kw_only=True)
class FieldWorkDone(OfFieldWork):
    """The work order was called back; ``satisfied`` is what the customer said of the work."""

    type: ClassVar[str] = "complaint.field_work_done.v1"

    request_id: UUID | None
    work_order_id: UUID
    satisfied: bool
