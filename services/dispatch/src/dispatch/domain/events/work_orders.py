"""What is told of a work order on its usual way, from the draft to the archive."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class WorkOrderOpened:
    """A draft lies with a dispatcher, who has to complete and issue it.

    Told once more when the dispatcher is gone and another has it.
    """

    type: ClassVar[str] = "dispatch.work_order_opened.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    dispatcher_id: UUID
    complaint_id: UUID | None
    request_id: UUID | None
    customer_id: UUID | None
    reply_due_at: datetime
    source: str


@dataclass(frozen=True, kw_only=True)
class WorkOrderIssued:
    """A complete order was given to its receiver, who may not refuse (WO-07, WO-10).

    Told once more, under the same number, when another receives it because the first is gone.
    """

    type: ClassVar[str] = "dispatch.work_order_issued.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str
    dispatcher_id: UUID
    receiver_id: UUID
    complaint_id: UUID | None
    customer_id: UUID | None
    reply_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class WorkOrderAccepted:
    """The receiver signed for the order; ``accepted_at`` is cut as the pack says (WO-08)."""

    type: ClassVar[str] = "dispatch.work_order_accepted.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    receiver_id: UUID
    accepted_at: datetime
    complaint_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class WorkOrderCompleted:
    """Remarks and the client's signature are in; the order is back with the dispatcher (WO-14)."""

    type: ClassVar[str] = "dispatch.work_order_completed.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    receiver_id: UUID
    completed_at: datetime
    complaint_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class WorkOrderCalledBack:
    """The client was asked; ``satisfied`` false does not hold the order up (WO-15)."""

    type: ClassVar[str] = "dispatch.work_order_called_back.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    called_back_by: UUID
    called_back_at: datetime
    satisfied: bool
    complaint_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class WorkOrderArchived:
    """The order is closed for good (WO-15)."""

    type: ClassVar[str] = "dispatch.work_order_archived.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    archived_at: datetime
    complaint_id: UUID | None
