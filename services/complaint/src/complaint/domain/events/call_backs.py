"""What is told of calls that were promised to customers."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfCallBack:
    """Every event here is of one call, in the order of the events of that call."""

    type: ClassVar[str]
    subject: ClassVar[str] = "call_back/{call_back_id}"

    call_back_id: UUID
    org_unit: str
    department: str
    situation: str
    case_id: UUID | None
    customer_id: UUID | None
    promised_by: UUID
    owner_id: UUID
    due_at: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class CallBackPromised(OfCallBack):
    """A script promised a call (SC-04..SC-07). ``asked_ids`` are the persons whose answer it needs,
    and the colleague who is to call."""

    type: ClassVar[str] = "complaint.call_back_promised.v1"

    asked_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class CallBackHandedOver(OfCallBack):
    """Somebody else is to call. ``reason``: handed_over, or owner_left."""

    type: ClassVar[str] = "complaint.call_back_handed_over.v1"

    previous_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class CallBackDueSoon(OfCallBack):
    """Little time is left for a call."""

    type: ClassVar[str] = "complaint.call_back_due_soon.v1"


@dataclass(frozen=True, kw_only=True)
class CallBackOverdue(OfCallBack):
    """A call was not made in time."""

    type: ClassVar[str] = "complaint.call_back_overdue.v1"

    supervisor_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class CallBackMade(OfCallBack):
    """The customer was called."""

    type: ClassVar[str] = "complaint.call_back_made.v1"

    made_by: UUID
    on_time: bool


@dataclass(frozen=True, kw_only=True)
class CallBackCancelled(OfCallBack):
    """A supervisor called it off."""

    type: ClassVar[str] = "complaint.call_back_cancelled.v1"

    cancelled_by: UUID
