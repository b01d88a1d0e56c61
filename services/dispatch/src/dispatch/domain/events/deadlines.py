"""What is told of the time of an order: how far it is, that it runs out, that it ran out."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class WorkOrderProgressReported:
    """The receiver told how far the work is (WO-12). ``on_time`` says whether it was before the
    reply deadline or at it; ``expected_at`` is when he means to be done."""

    type: ClassVar[str] = "dispatch.work_order_progress_reported.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str
    receiver_id: UUID
    dispatcher_id: UUID
    reported_at: datetime
    percent: int | None
    expected_at: datetime
    on_time: bool
    complaint_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class WorkOrderReplyDueSoon:
    """The reply deadline is near (E-21)."""

    type: ClassVar[str] = "dispatch.work_order_reply_due_soon.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str
    receiver_id: UUID
    dispatcher_id: UUID
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class WorkOrderReplyOverdue:
    """The reply deadline passed without completion and without a report of progress; told once
    (E-21). ``breach`` says whether that is the receiver's: he had the order before (WO-13)."""

    type: ClassVar[str] = "dispatch.work_order_reply_overdue.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str
    receiver_id: UUID
    dispatcher_id: UUID
    due_at: datetime
    breach: bool
    complaint_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class WorkOrderReminded:
    """What the order waits for has not been done by ``due_at``; told again and again, until it is
    (WO-01). ``awaited`` is ``issue``, ``reply``, ``reassignment``, ``decision`` or ``closing``."""

    type: ClassVar[str] = "dispatch.work_order_reminded.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str | None
    awaited: str
    owner_ids: tuple[UUID, ...]
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class WorkOrderHandedOn:
    """An order that was given out has another dispatcher from now on. ``reason`` is ``gone``: the
    first is not there any more, or ``handover``: both have signed the list of the shift."""

    type: ClassVar[str] = "dispatch.work_order_handed_on.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str
    from_id: UUID | None
    dispatcher_id: UUID
    reason: str = "gone"


@dataclass(frozen=True, kw_only=True)
class WorkOrderBreachRecorded:
    """Somebody broke a rule on work orders (WO-09, WO-11, WO-13, WO-16). ``amount`` is what the
    clause takes off his pay in CNY, for all ``items``; nothing is posted by this."""

    type: ClassVar[str] = "dispatch.work_order_breach_recorded.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str
    breach_id: UUID
    code: str
    person_id: UUID
    occurred_at: datetime
    items: int
    amount: Decimal
    because: Because


@dataclass(frozen=True, kw_only=True)
class WorkOrderBreachWithdrawn:
    """What was found to be a breach was none: the reply had been made in the field in time, where
    no network reached (WO-12, WO-13). ``penalty_stands``: what it cost is in a ledger already, so
    that somebody has to settle it."""

    type: ClassVar[str] = "dispatch.work_order_breach_withdrawn.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str
    breach_id: UUID
    code: str
    person_id: UUID
    dispatcher_id: UUID
    reason: str
    penalty_stands: bool
    because: Because
