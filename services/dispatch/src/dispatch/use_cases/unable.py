"""Report that one is unable to carry an order out, and decide on it as a superior (WO-10)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.deadlines import Awaited
from dispatch.domain.field_times import Sent
from dispatch.domain.unable import (
    Decision,
    Referral,
    TopMustDecide,
    cancel,
    check_decider,
    decided,
    insist,
    lay_before,
    reassign,
    report_unable,
    reported,
)
from dispatch.domain.work_order_states import Command, target
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.deadlines import clock_rule, settle
from dispatch.use_cases.deciders import first_decider, next_decider, refer
from dispatch.use_cases.field_times import begin_work, end_work
from dispatch.use_cases.overdue import take
from dispatch.use_cases.receivers import check_receiver, note_reassignment
from shared.rules import given


def report_order_unable(
    tx: DispatchTransaction,
    order_id: UUID,
    *,
    reason: str,
    caller: Caller,
    sent: Sent | None = None,
) -> WorkOrder:
    """Report as the receiver that one cannot carry the order out; the next superior decides.

    Raises NotOnStaff, NotTheReceiver, WrongState.
    """
    work = begin_work(tx, order_id, caller=caller, sent=sent)
    report_unable(work.order, by=work.by, reason=reason, now=work.at)
    lay_before(work.order, first_decider(tx, work.order))
    order = end_work(tx, work)
    rule = clock_rule(tx, order, Awaited.DECISION)
    tx.emit(reported(order), because=rule.because if rule else None)
    return order


def decide_on_unable(
    tx: DispatchTransaction,
    order_id: UUID,
    *,
    decision: Decision,
    reason: str,
    receiver_id: UUID | None,
    caller: Caller,
) -> WorkOrder:
    """Decide as the superior: give the order to another, insist, cancel it, or refer it further up.

    Raises NotOnStaff, NotTheDecider, ReceiverUnfit, ReceiverUnchanged, TopMustDecide, WrongState.
    """
    order = take(tx, order_id, caller=caller)
    target(order.state, Command.CANCEL)
    by = tx.people.acting(caller).id
    check_decider(order, by)
    match decision:
        case Decision.REFER_UP:
            return _refer_up(tx, order, reason)
        case Decision.INSIST:
            check_receiver(tx, order.receiver_id, unit=order.org_unit)
            insist(order, by=by, reason=reason, now=tx.now)
        case Decision.CANCEL:
            tx.emit(cancel(order, by=by, reason=reason, now=tx.now))
        case Decision.REASSIGN:
            _reassign(tx, order, receiver_id, by=by, reason=reason)
    tx.emit(decided(order))
    tx.note(f"work_order/{order.id}", "unable_decided", decision=decision, reason=reason)
    settle(tx, order)
    return order


def _refer_up(tx: DispatchTransaction, order: WorkOrder, reason: str) -> WorkOrder:
    above = next_decider(tx, order)
    if above is None:
        raise TopMustDecide("nobody stands above you, so that you decide", state=order.state.value)
    tx.note(f"work_order/{order.id}", "unable_referred", reason=reason, decider_id=above)
    refer(tx, order, above, reason=Referral.REFERRED)
    return order


def _reassign(
    tx: DispatchTransaction, order: WorkOrder, receiver_id: UUID | None, *, by: UUID, reason: str
) -> None:
    wanted = given(receiver_id, "the request names a receiver.")
    check_receiver(tx, wanted, unit=order.org_unit)
    note_reassignment(tx, order, wanted, reason)
    tx.emit(reassign(order, wanted, by=by, reason=reason, now=tx.now))
