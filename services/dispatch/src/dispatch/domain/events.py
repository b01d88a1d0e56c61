"""What dispatch tells the world. Each class has a schema in shared/contracts/events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class OrgUnitChanged:
    """A unit was made, renamed or moved, or its calendar changed. ``calendar`` lists its days."""

    type: ClassVar[str] = "dispatch.org_unit_changed.v1"
    subject: ClassVar[str] = "org_unit/{unit}"

    unit: str
    parent: str | None
    kind: str
    name: str
    calendar: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class PersonChanged:
    """A person joined, left, or changed posts or superior. Ids only."""

    type: ClassVar[str] = "dispatch.person_changed.v1"
    subject: ClassVar[str] = "person/{person_id}"

    person_id: UUID
    active: bool
    posts: tuple[Mapping[str, str], ...]
    superior_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PersonContactChanged:
    """How a person is reached. Personal data: it travels on the private exchange alone."""

    type: ClassVar[str] = "dispatch.person_contact_changed.v1"
    subject: ClassVar[str] = "contact/{contact_id}"
    private: ClassVar[bool] = True

    contact_id: UUID
    kind: str
    active: bool
    name: str
    language: str
    zone: str
    addresses: tuple[Mapping[str, str], ...]


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
