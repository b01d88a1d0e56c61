"""Who comes first: what is told of a customer moves his open orders in the queue (WO-24, KA-21)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.adapters.work_queue import Queued
from dispatch.domain.priorities import Preference, PriorityRule, place_in_queue
from dispatch.domain.work_orders import WorkOrder
from shared.org_units import tops
from shared.policy import PolicyMissing
from shared.rules import Ruling

BATCH = 1000  # Orders of one customer.
MIXED_BATCH = 200  # Orders of many customers, each of whom is looked up.
MOVE_CUSTOMER = "customer.move"
MOVE_UNIT = "unit.move"
LAST_ZONE = timezone(timedelta(hours=-12))  # Where each day begins last.


def take_place(tx: DispatchTransaction, order: WorkOrder) -> None:
    """Put an order where its customer stands. Nothing else that is told of him is kept until the
    commit. Raises UnitUnknown."""
    if order.customer_id:
        tx.priorities.await_changes(order.customer_id)
    order.preference = tx.priorities.preference_of(order.customer_id, order.asking_unit)
    order.queue_place = place_in_queue(order.preference, _rule(tx, order.org_unit))


def keep_grade(tx: DispatchTransaction, customer_id: UUID, **told: Any) -> None:
    """Take over what a grade gives a customer (CL-28, CL-29)."""
    tx.priorities.keep(customer_id=customer_id, **told)
    move_orders_of(tx, customer_id)


def keep_key_account(tx: DispatchTransaction, customer_id: UUID, **told: Any) -> None:
    """Take over whether a unit holds a customer to be a key account (KA-21)."""
    tx.priorities.keep_key_account(customer_id=customer_id, **told)
    move_orders_of(tx, customer_id)


def move_orders_of(
    tx: DispatchTransaction, customer_id: UUID, *, after: UUID | None = None
) -> None:
    """Let the open orders of a customer stand where he stands now, those behind ``after``; the
    first of them at once and the others by a timer, so that one with many holds nothing up."""
    found = tx.queue.of_customer(customer_id, after=after, most=BATCH)
    _move(tx, found)
    if len(found) == BATCH:
        data = {"customer_id": customer_id, "after": found[-1].id}
        tx.set_timer(MOVE_CUSTOMER, f"customer/{customer_id}", tx.now, **data)


def move_orders_below(tx: DispatchTransaction, unit: str, *, after: UUID | None = None) -> None:
    """The same for the orders of preferred customers that lie in a unit or below it, or were asked
    for there, when it moved or follows other packs."""
    found = tx.queue.below(unit, after=after, most=MIXED_BATCH)
    _move(tx, found)
    if len(found) == MIXED_BATCH:
        tx.set_timer(MOVE_UNIT, f"unit/{unit}", tx.now, unit=unit, after=found[-1].id)


def packs_changed(tx: DispatchTransaction, unit: str | None, on: date) -> None:
    """From that day on ``unit`` and those below it follow other packs, or, for None, a pack has
    another version. The open orders turn to it when the day begins there, and those of units
    further west once it has begun everywhere. Raises UnitUnknown.
    """
    for top in [unit] if unit else tops(tx.session):
        for zone in {ZoneInfo(tx.calendar(top).zone), LAST_ZONE}:
            at = max(datetime.combine(on, time(0), zone), tx.now)
            tx.set_timer(MOVE_UNIT, f"unit/{top}/{on.isoformat()}/{zone}", at, unit=top)


def _move(tx: DispatchTransaction, orders: Sequence[Queued]) -> None:
    for customer_id in sorted({one.customer_id for one in orders}):
        tx.priorities.await_changes(customer_id)
    alike: dict[tuple[UUID, str, str | None], list[UUID]] = {}
    for one in orders:
        alike.setdefault((one.customer_id, one.org_unit, one.asking_unit), []).append(one.id)
    for (customer_id, org_unit, asking_unit), ids in alike.items():
        preference: Preference = tx.priorities.preference_of(customer_id, asking_unit)
        tx.queue.move(ids, preference, place_in_queue(preference, _rule(tx, org_unit)))


def _rule(tx: DispatchTransaction, unit: str) -> Ruling[PriorityRule] | None:
    """The rule on who is preferred; None where no pack that is in force has one."""
    try:
        return tx.ruling("priority", unit=unit)
    except PolicyMissing:
        return None
