"""Let the due time of an order follow what it waits for; one timer an order wakes it (WO-01)."""

from datetime import datetime, timedelta

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.deadlines import INSTANT, Awaited, ClockRule, awaited, first_wait
from dispatch.domain.work_orders import WorkOrder
from shared.policy import PolicyMissing
from shared.rules import Ruling

WAKE = "work_order.wake"
UNRULED = timedelta(hours=1)  # Until one looks again where no pack says how long to wait.


def settle(tx: DispatchTransaction, order: WorkOrder) -> None:
    """After anything that happened to an order: what it waits for now is due at some time, and its
    timer goes off then. Raises UnitUnknown."""
    wanted = awaited(order)
    if wanted is None:
        order.awaited = order.next_due_at = order.warn_at = None
        tx.cancel_timer(WAKE, f"work_order/{order.id}")
        return
    if order.awaited is not wanted:
        _wait(tx, order, wanted)
    _wake_at(tx, order, order.warn_at or order.next_due_at)


def remind_again_at(tx: DispatchTransaction, order: WorkOrder, awaited: Awaited) -> datetime:
    """When one reminds once more of what is awaited. Raises UnitUnknown."""
    rule = clock_rule(tx, order, awaited)
    if rule is None:
        return tx.now + UNRULED
    return rule.value.ahead(rule.value.again, tx.now, tx.calendar(order.org_unit))


def clock_rule(
    tx: DispatchTransaction, order: WorkOrder, awaited: Awaited
) -> Ruling[ClockRule] | None:
    """The rule on what is awaited; None where no pack that is in force has one."""
    try:
        return tx.ruling("clocks", unit=order.org_unit, awaited=awaited)
    except PolicyMissing:
        return None


def _wait(tx: DispatchTransaction, order: WorkOrder, wanted: Awaited) -> None:
    """Begin to wait. Where no pack is in force one looks again later."""
    rule = clock_rule(tx, order, wanted)
    if rule is None:
        order.awaited, order.next_due_at, order.warn_at = None, tx.now + UNRULED, None
        return
    calendar = tx.calendar(order.org_unit)
    wait = first_wait(order, rule.value, now=tx.now, calendar=calendar)
    order.awaited, order.next_due_at, order.warn_at = wanted, wait.due_at, wait.warn_at


def _wake_at(tx: DispatchTransaction, order: WorkOrder, at: datetime | None) -> None:
    if at is not None:
        exact = at if at == order.warn_at else at + INSTANT
        tx.set_timer(WAKE, f"work_order/{order.id}", exact, work_order_id=order.id)
