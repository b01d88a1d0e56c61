"""Tell what was missed of an order (E-21).

That the reply is missing is told by the timer, or before anything else is done with the order,
whichever comes first, and once.
"""

from datetime import datetime
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.breaches import Code
from dispatch.domain.callers import Caller
from dispatch.domain.deadlines import (
    Awaited,
    due_soon,
    is_breach,
    is_missed,
    is_overdue,
    reminded,
    reply_overdue,
)
from dispatch.domain.unable import Referral
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.breaches import find_breach
from dispatch.use_cases.deadlines import clock_rule, remind_again_at, settle
from dispatch.use_cases.deciders import next_decider, refer, replace_decider
from shared.rules import Because, given


def take(tx: DispatchTransaction, order_id: UUID, *, caller: Caller) -> WorkOrder:
    """An order that the caller may see, to do something with it: that its reply is missing was told
    before. Raises NotFound."""
    order = tx.work_orders.get(order_id, caller)
    tell_if_overdue(tx, order, tx.now)
    return order


def tell_if_overdue(tx: DispatchTransaction, order: WorkOrder, at: datetime) -> None:
    """Tell that the reply was missing at a time, where nobody was told of it yet."""
    if is_overdue(order, at):
        _tell_overdue(tx, order)


def wake(tx: DispatchTransaction, work_order_id: UUID) -> None:
    """Something is due: warn of it, or tell that it was missed."""
    order = tx.work_orders.known(work_order_id)
    if order.warn_at and order.warn_at <= tx.now:
        _warn(tx, order)
    if is_overdue(order, tx.now):
        _tell_overdue(tx, order)
    elif order.awaited and is_missed(order, tx.now):
        _tell_missed(tx, order, order.awaited)
    settle(tx, order)


def _warn(tx: DispatchTransaction, order: WorkOrder) -> None:
    order.warn_at = None
    if not is_missed(order, tx.now):
        tx.emit(due_soon(order), because=_because(tx, order, Awaited.REPLY))


def _tell_overdue(tx: DispatchTransaction, order: WorkOrder) -> None:
    order.overdue_at = tx.now
    tx.emit(reply_overdue(order), because=_because(tx, order, Awaited.REPLY))
    if is_breach(order):
        find_breach(tx, order, Code.LATE_UNREPORTED, occasion=order.reply_due_at)
    _ask_again(tx, order, Awaited.REPLY)


def _tell_missed(tx: DispatchTransaction, order: WorkOrder, awaited: Awaited) -> None:
    """A decision that is overdue goes a level up; of all else one reminds whose it is."""
    if awaited is Awaited.DECISION:
        above = next_decider(tx, order)
        if above is not None:
            refer(tx, order, above, reason=Referral.OVERDUE)
            return
        replace_decider(tx, order)
    if is_missed(order, tx.now):
        due_at = given(order.next_due_at, "what is missed was due.")
        told = reminded(order, awaited, due_at=due_at)
        tx.emit(told, because=_because(tx, order, awaited))
        _ask_again(tx, order, awaited)


def _ask_again(tx: DispatchTransaction, order: WorkOrder, awaited: Awaited) -> None:
    order.next_due_at, order.warn_at = remind_again_at(tx, order, awaited), None


def _because(tx: DispatchTransaction, order: WorkOrder, awaited: Awaited) -> Because | None:
    rule = clock_rule(tx, order, awaited)
    return rule.because if rule else None
