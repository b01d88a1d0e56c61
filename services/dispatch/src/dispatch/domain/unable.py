"""A receiver who cannot carry an order out, and the superior who decides on it (WO-10).

The order stays with its receiver until somebody decides, and its reply deadline runs on.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from dispatch.domain import events
from dispatch.domain.work_order_states import Command, target
from shared.rules import Forbidden, Invalid, WrongState, given

if TYPE_CHECKING:
    from dispatch.domain.work_orders import WorkOrder


class Decision(StrEnum):
    """What the superior may decide."""

    REASSIGN = "reassign"
    INSIST = "insist"
    CANCEL = "cancel"
    REFER_UP = "refer_up"


class Referral(StrEnum):
    """Why another has to decide."""

    REFERRED = "referred"
    OVERDUE = "overdue"
    GONE = "gone"


@dataclass(frozen=True)
class DecidingRole:
    """Who decides where the receiver has no superior who is there: the holder of one of these
    roles, tried in this order, nearest to the unit of the order."""

    roles: tuple[str, ...]


class NotTheDecider(Forbidden):
    """Only the superior before whom the order lies decides on it (WO-10)."""

    code = "not_the_decider"


class TopMustDecide(WrongState):
    """Nobody stands above him who has to decide, so that he must (WO-10)."""

    code = "top_must_decide"


class ReceiverUnchanged(Invalid):
    """To give an order to the receiver who has it is to insist, and not to reassign."""

    code = "receiver_unchanged"


@dataclass(frozen=True, kw_only=True)
class UnableReport:
    """Who cannot carry the order out, since when and why, and what was decided on it."""

    at: datetime
    by: UUID
    reason: str
    decision: Decision | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    decision_reason: str | None = None


def report_unable(order: "WorkOrder", *, by: UUID, reason: str, now: datetime) -> None:
    """The receiver cannot carry the order out. Raises NotTheReceiver, WrongState."""
    state = target(order.state, Command.REPORT_UNABLE)
    order.check_receiver(by)
    order.unable_report = UnableReport(at=now, by=by, reason=reason)
    order.state, order.decider_id = state, None
    order.wait_anew()


def lay_before(order: "WorkOrder", decider_id: UUID | None) -> None:
    """Let ``decider_id`` decide from now on, in a time of his own. Raises WrongState."""
    order.state = target(order.state, Command.REFER_UP)
    order.decider_id = decider_id
    order.wait_anew()


def insist(order: "WorkOrder", *, by: UUID, reason: str, now: datetime) -> None:
    """Give the order back to its receiver, who is there, to his work or to his acceptance.

    Raises NotTheDecider, WrongState.
    """
    accepted = order.accepted_at is not None
    command = Command.INSIST if accepted else Command.INSIST_ON_ACCEPTANCE
    state = target(order.state, command)
    _decide(order, Decision.INSIST, by=by, reason=reason, now=now)
    order.state, order.receiver_gone = state, False
    order.wait_anew()


def reassign(
    order: "WorkOrder", receiver_id: UUID, *, by: UUID, reason: str, now: datetime
) -> events.WorkOrderIssued:
    """Give the order to another, who accepts it anew; its dispatcher stays.

    Raises NotTheDecider, ReceiverUnchanged, WrongState.
    """
    target(order.state, Command.REASSIGN)
    if receiver_id == order.receiver_id:
        raise ReceiverUnchanged(
            "the order is his already", errors={"receiver_id": ["has the order already"]}
        )
    _decide(order, Decision.REASSIGN, by=by, reason=reason, now=now)
    _, dispatcher_id, _ = order.given_out()
    return order.reassign(receiver_id, by=dispatcher_id, now=now)


def cancel(
    order: "WorkOrder", *, by: UUID, reason: str, now: datetime
) -> events.WorkOrderCancelled:
    """End the order without the work. Raises NotTheDecider, WrongState."""
    state = target(order.state, Command.CANCEL)
    _decide(order, Decision.CANCEL, by=by, reason=reason, now=now)
    order.state, order.cancelled_by, order.cancelled_at = state, by, now
    number, dispatcher_id, receiver_id = order.given_out()
    return events.WorkOrderCancelled(
        work_order_id=order.id,
        org_unit=order.org_unit,
        order_no=number,
        cancelled_by=by,
        cancelled_at=now,
        receiver_id=receiver_id,
        dispatcher_id=dispatcher_id,
        complaint_id=order.complaint_id,
        request_id=order.request_id,
        customer_id=order.customer_id,
    )


def check_decider(order: "WorkOrder", by: UUID) -> None:
    """Refuse anybody else than the superior before whom the order lies. Raises NotTheDecider."""
    if by != order.decider_id:
        raise NotTheDecider("only the superior before whom the order lies decides on it")


def reported(order: "WorkOrder") -> events.WorkOrderUnableReported:
    """What is told when the order is laid before the first superior (E-22)."""
    number, dispatcher_id, receiver_id = order.given_out()
    return events.WorkOrderUnableReported(
        work_order_id=order.id,
        org_unit=order.org_unit,
        order_no=number,
        receiver_id=receiver_id,
        dispatcher_id=dispatcher_id,
        decider_id=order.decider_id,
        decision_due_at=order.next_due_at,
        complaint_id=order.complaint_id,
    )


def referred(
    order: "WorkOrder", *, from_id: UUID | None, reason: Referral
) -> events.WorkOrderDecisionReferred:
    """What is told when another has to decide."""
    number, _, receiver_id = order.given_out()
    return events.WorkOrderDecisionReferred(
        work_order_id=order.id,
        org_unit=order.org_unit,
        order_no=number,
        receiver_id=receiver_id,
        from_id=from_id,
        decider_id=given(order.decider_id, "it was laid before somebody."),
        reason=reason,
        decision_due_at=order.next_due_at,
        complaint_id=order.complaint_id,
    )


def decided(order: "WorkOrder") -> events.WorkOrderUnableDecided:
    """What is told of the decision (E-22)."""
    number, dispatcher_id, receiver_id = order.given_out()
    report = given(order.unable_report, "what is decided on was reported.")
    made: dict[str, Any] = {
        "decision": given(report.decision, "it was decided."),
        "decided_by": given(report.decided_by, "somebody decided."),
    }
    return events.WorkOrderUnableDecided(
        work_order_id=order.id,
        org_unit=order.org_unit,
        order_no=number,
        receiver_id=receiver_id,
        dispatcher_id=dispatcher_id,
        complaint_id=order.complaint_id,
        **made,
    )


def _decide(
    order: "WorkOrder", decision: Decision, *, by: UUID, reason: str, now: datetime
) -> None:
    check_decider(order, by)
    report = given(order.unable_report, "only what was reported is decided on.")
    order.unable_report = replace(
        report, decision=decision, decided_by=by, decided_at=now, decision_reason=reason
    )
