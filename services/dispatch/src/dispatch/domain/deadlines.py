"""What an order waits for, whose it is to do it, and by when (WO-01, WO-10, WO-12, WO-13).

Until it is archived or cancelled an order always waits for something that is due at some time.
What was missed is told with the next thing that happens to the order, or by its timer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from dispatch.domain import events
from dispatch.domain.progress import last_report, reported_in_time
from dispatch.domain.work_order_states import IN_HAND, State
from shared.working_time import Calendar, add

if TYPE_CHECKING:
    from dispatch.domain.work_orders import WorkOrder

# What is done at the due time is done in time, so that nothing is missed before the instant after.
INSTANT = timedelta(microseconds=1)


class Awaited(StrEnum):
    """What an order waits for."""

    ISSUE = "issue"
    REPLY = "reply"
    REASSIGNMENT = "reassignment"
    DECISION = "decision"
    CLOSING = "closing"


# For these the order itself says by when: its required reply time.
BY_THE_ORDER = frozenset({Awaited.ISSUE, Awaited.REPLY})


class TimeUnit(StrEnum):
    """In what time is counted: working time of the order's unit, or plain time."""

    WORKING_MINUTE = "working_minute"
    MINUTE = "minute"


@dataclass(frozen=True, kw_only=True)
class ClockRule:
    """How much time there is for what is awaited; None where the order says it.

    ``warn`` are plain minutes before the reply is due, 0 for no warning. Of what was not done in
    time one reminds ``again`` minutes later, and so on.
    """

    unit: TimeUnit
    within: int | None
    again: int
    warn: int = 0

    def ahead(self, minutes: int, start: datetime, calendar: Calendar) -> datetime:
        """``start`` and ``minutes`` of the rule's own time."""
        return ahead(self.unit, minutes, start, calendar)


@dataclass(frozen=True, kw_only=True)
class Wait:
    """By when it is due, and when only the time of the warning is left (None: no warning)."""

    due_at: datetime
    warn_at: datetime | None


def ahead(unit: TimeUnit, minutes: int, start: datetime, calendar: Calendar) -> datetime:
    """``start`` and so many minutes of plain or of working time."""
    amount = timedelta(minutes=minutes)
    return start + amount if unit is TimeUnit.MINUTE else add(calendar, start, amount).at


def awaited(order: "WorkOrder") -> Awaited | None:
    """What the order waits for now; None when it has ended."""
    if order.state is State.DRAFT:
        return Awaited.ISSUE
    if order.state in IN_HAND:
        return Awaited.REASSIGNMENT if order.receiver_gone else Awaited.REPLY
    if order.state is State.UNABLE_REPORTED:
        return Awaited.DECISION
    return None if order.ended else Awaited.CLOSING


def owners(order: "WorkOrder") -> tuple[UUID, ...]:
    """Whose it is to do what is awaited; nobody's only while one looks for somebody."""
    match awaited(order):
        case None:
            found = None
        case Awaited.REPLY:
            found = order.receiver_id
        case Awaited.DECISION:
            found = order.decider_id
        case _:
            found = order.dispatcher_id
    return (found,) if found else ()


def first_wait(order: "WorkOrder", rule: ClockRule, *, now: datetime, calendar: Calendar) -> Wait:
    """By when what is awaited from now on is due. One warns of the required reply time alone."""
    if rule.within is not None:
        return Wait(due_at=rule.ahead(rule.within, now, calendar), warn_at=None)
    due_at = _by_the_order(order, now) or rule.ahead(rule.again, now, calendar)
    warn_at = due_at - timedelta(minutes=rule.warn)
    warned = rule.warn and due_at == order.reply_due_at and warn_at > now
    return Wait(due_at=due_at, warn_at=warn_at if warned else None)


def is_missed(order: "WorkOrder", now: datetime) -> bool:
    """Whether what is awaited was due before ``now``."""
    return order.next_due_at is not None and order.next_due_at < now


def is_overdue(order: "WorkOrder", now: datetime) -> bool:
    """Whether the required reply is missing, neither done nor reported, and nobody was told of it
    yet (WO-13)."""
    awaits_reply = order.awaited is Awaited.REPLY and order.overdue_at is None
    return awaits_reply and order.reply_due_at < now and not reported_in_time(order)


def is_breach(order: "WorkOrder") -> bool:
    """Whether the missing reply is its receiver's: he had the order before it was due, and it did
    not lie before his superior when it was (WO-13)."""
    due_at, unable = order.reply_due_at, order.unable_report
    if order.issued_at is None or order.issued_at >= due_at:
        return False
    if unable is None or unable.by != order.receiver_id or unable.at > due_at:
        return True
    return unable.decided_at is not None and unable.decided_at <= due_at


def due_soon(order: "WorkOrder") -> events.WorkOrderReplyDueSoon:
    """What is told when little time is left for the reply (E-21)."""
    number, dispatcher_id, receiver_id = order.given_out()
    return events.WorkOrderReplyDueSoon(
        work_order_id=order.id,
        org_unit=order.org_unit,
        order_no=number,
        receiver_id=receiver_id,
        dispatcher_id=dispatcher_id,
        due_at=order.reply_due_at,
    )


def reply_overdue(order: "WorkOrder") -> events.WorkOrderReplyOverdue:
    """What is told when the reply is missing at its time (E-21)."""
    number, dispatcher_id, receiver_id = order.given_out()
    return events.WorkOrderReplyOverdue(
        work_order_id=order.id,
        org_unit=order.org_unit,
        order_no=number,
        receiver_id=receiver_id,
        dispatcher_id=dispatcher_id,
        due_at=order.reply_due_at,
        breach=is_breach(order),
        complaint_id=order.complaint_id,
    )


def reminded(order: "WorkOrder", awaited: Awaited, *, due_at: datetime) -> events.WorkOrderReminded:
    """What is told when anything else that is awaited was not done by ``due_at``."""
    return events.WorkOrderReminded(
        work_order_id=order.id,
        org_unit=order.org_unit,
        order_no=order.order_no,
        awaited=awaited,
        owner_ids=owners(order),
        due_at=due_at,
    )


def _by_the_order(order: "WorkOrder", now: datetime) -> datetime | None:
    """What the receiver expects, or else the required reply time, while it was not told that it
    passed; a draft is due while that lies ahead."""
    report = last_report(order) if order.state in IN_HAND else None
    if report:
        return report.expected_at if report.expected_at > now else None
    if order.state is State.DRAFT:
        return order.reply_due_at if order.reply_due_at > now else None
    return order.reply_due_at if order.overdue_at is None else None
