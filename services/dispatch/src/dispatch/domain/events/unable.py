"""What is told of an order that its receiver cannot carry out, and of what became of it (WO-10)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class WorkOrderUnableReported:
    """The receiver cannot carry the order out; ``decider_id`` has to decide by ``decision_due_at``
    (E-22). Nobody is named while nobody is found: one looks again."""

    type: ClassVar[str] = "dispatch.work_order_unable_reported.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str
    receiver_id: UUID
    dispatcher_id: UUID
    decider_id: UUID | None
    decision_due_at: datetime | None
    complaint_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class WorkOrderDecisionReferred:
    """Another has to decide: ``reason`` is ``referred``, ``overdue`` or ``gone``."""

    type: ClassVar[str] = "dispatch.work_order_decision_referred.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str
    receiver_id: UUID
    from_id: UUID | None
    decider_id: UUID
    reason: str
    decision_due_at: datetime | None
    complaint_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class WorkOrderUnableDecided:
    """What the superior decided: ``reassign``, ``insist`` or ``cancel``. ``receiver_id`` is whose
    the order is from now on, or was to the last."""

    type: ClassVar[str] = "dispatch.work_order_unable_decided.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str
    decision: str
    decided_by: UUID
    receiver_id: UUID
    dispatcher_id: UUID
    complaint_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class WorkOrderCancelled:
    """The order has ended without the work; whoever asked for it has to know."""

    type: ClassVar[str] = "dispatch.work_order_cancelled.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"

    work_order_id: UUID
    org_unit: str
    order_no: str
    cancelled_by: UUID
    cancelled_at: datetime
    receiver_id: UUID
    dispatcher_id: UUID
    complaint_id: UUID | None
    request_id: UUID | None
    customer_id: UUID | None
