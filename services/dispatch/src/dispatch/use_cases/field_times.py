"""Begin and end what a receiver does with his order, at the time at which it counts (WO-12)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.field_times import OfflineRule, Sent, counted_at, is_excused
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.breaches import withdraw_late
from dispatch.use_cases.deadlines import settle
from dispatch.use_cases.overdue import tell_if_overdue
from shared.policy import PolicyMissing
from shared.rules import Ruling


@dataclass(frozen=True)
class Work:
    """What the acting person does with an order, when it was sent, and ``at`` what time it counts
    by which rule."""

    order: WorkOrder
    by: UUID
    sent: Sent
    at: datetime
    rule: Ruling[OfflineRule] | None


def begin_work(
    tx: DispatchTransaction, order_id: UUID, *, caller: Caller, sent: Sent | None
) -> Work:
    """An order that the caller may see, to do something with it: that its reply was missing at the
    time that counts is told before. Raises NotFound, NotOnStaff."""
    order = tx.work_orders.get(order_id, caller)
    by = tx.people.acting(caller).id
    told = sent or Sent(received_at=tx.now)
    rule = _offline_rule(tx, order)
    at = counted_at(order, told, rule)
    tell_if_overdue(tx, order, at)
    return Work(order, by, told, at, rule)


def time_of_work(tx: DispatchTransaction, order: WorkOrder, sent: Sent) -> datetime:
    """At what time something counts that is to be done with an order."""
    return counted_at(order, sent, _offline_rule(tx, order))


def end_work(tx: DispatchTransaction, work: Work) -> WorkOrder:
    """The order waits for what comes next; a breach that was found although the reply was made in
    time is withdrawn. The timeline keeps both times. Raises UnitUnknown."""
    order, sent = work.order, work.sent
    settle(tx, order)
    because = work.rule.because if work.rule else None
    if sent.client_at is not None:
        tx.note(
            f"work_order/{order.id}",
            "made_in_the_field",
            because=because,
            client_at=sent.client_at,
            received_at=sent.received_at,
            counted_at=work.at,
        )
    if order.overdue_at and work.at <= order.reply_due_at and is_excused(order):
        withdraw_late(tx, order, because=because)
    return order


def _offline_rule(tx: DispatchTransaction, order: WorkOrder) -> Ruling[OfflineRule] | None:
    """The rule on the times of devices; None where no pack that is in force has one."""
    try:
        found: Ruling[OfflineRule] = tx.ruling("offline", unit=order.org_unit)
    except PolicyMissing:
        return None
    return found
