"""See that no order stays with somebody who is gone: a dispatcher, a receiver, or a superior who
has to decide (WO-01)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.deadlines import Awaited, reminded
from dispatch.domain.work_order_states import IN_HAND, State
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.deadlines import clock_rule, settle
from dispatch.use_cases.deciders import replace_decider
from dispatch.use_cases.intake import search_at
from dispatch.use_cases.receivers import has_receiver

HANDS = "work_order.hands"


def look_at_orders_of(tx: DispatchTransaction, person_id: UUID) -> None:
    """Have each order looked at in which somebody has a part who left or changed posts, each by
    itself."""
    for order_id in tx.work_orders.in_hands_of(person_id):
        search_at(tx, order_id, tx.now)
        tx.set_timer(HANDS, f"work_order/{order_id}", tx.now, work_order_id=order_id)


def look_at_hands(tx: DispatchTransaction, *, work_order_id: UUID) -> None:
    """Where the receiver is gone the dispatcher has to give the order to another; where the
    superior is, the next one decides. Raises PolicyMissing."""
    order = tx.work_orders.known(work_order_id)
    if order.state is State.UNABLE_REPORTED:
        replace_decider(tx, order)
    elif order.state in IN_HAND:
        _follow_receiver(tx, order)


def _follow_receiver(tx: DispatchTransaction, order: WorkOrder) -> None:
    gone = not has_receiver(tx, order)
    if gone is order.receiver_gone:
        return
    order.receiver_gone = gone
    settle(tx, order)
    if gone and order.next_due_at:
        rule = clock_rule(tx, order, Awaited.REASSIGNMENT)
        told = reminded(order, Awaited.REASSIGNMENT, due_at=order.next_due_at)
        tx.emit(told, because=rule.because if rule else None)
