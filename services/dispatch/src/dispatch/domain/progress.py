"""How far the work is, as its receiver tells it within the reply deadline (WO-12, WO-13)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from dispatch.domain import events
from dispatch.domain.work_order_states import Command, target
from shared.rules import Invalid

if TYPE_CHECKING:
    from dispatch.domain.work_orders import WorkOrder


class ExpectedInPast(Invalid):
    """What is still to be done cannot be expected for a time that has passed."""

    code = "expected_in_past"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What is told: a text, how much is done in per cent, where one can say, and when the work is
    expected to be done."""

    text: str
    percent: int | None
    expected_at: datetime


@dataclass(frozen=True, kw_only=True)
class ProgressReport:
    """What the receiver told, when, and whether that was by the reply deadline."""

    at: datetime
    by: UUID
    text: str
    percent: int | None
    expected_at: datetime
    on_time: bool


def report_progress(
    order: "WorkOrder", progress: Progress, *, by: UUID, now: datetime
) -> events.WorkOrderProgressReported:
    """Keep what the receiver tells of the work; at the very deadline is in time (WO-12).

    Raises NotTheReceiver, ExpectedInPast, WrongState.
    """
    state = target(order.state, Command.REPORT_PROGRESS)
    order.check_receiver(by)
    if progress.expected_at <= now:
        raise ExpectedInPast(
            "the work is expected for a time that has passed",
            errors={"expected_at": ["has passed"]},
        )
    on_time = now <= order.reply_due_at
    made = ProgressReport(at=now, by=by, on_time=on_time, **vars(progress))
    order.progress_reports, order.state = (*order.progress_reports, made), state
    order.wait_anew()
    number, dispatcher_id, receiver_id = order.given_out()
    return events.WorkOrderProgressReported(
        work_order_id=order.id,
        org_unit=order.org_unit,
        order_no=number,
        receiver_id=receiver_id,
        dispatcher_id=dispatcher_id,
        reported_at=now,
        percent=made.percent,
        expected_at=made.expected_at,
        on_time=on_time,
        complaint_id=order.complaint_id,
    )


def last_report(order: "WorkOrder") -> ProgressReport | None:
    """What the present receiver told last, since the order was given to him."""
    told = [
        one
        for one in order.progress_reports
        if one.by == order.receiver_id and order.issued_at and one.at >= order.issued_at
    ]
    return told[-1] if told else None


def reported_in_time(order: "WorkOrder") -> bool:
    """Whether the present receiver told of his progress by the reply deadline (WO-13)."""
    return any(
        one.on_time and one.by == order.receiver_id and one.at >= order.issued_at
        for one in order.progress_reports
        if order.issued_at
    )
