"""What is told of a clock: that little time is left, that it is up, that it moved."""

from typing import Any
from uuid import UUID

from complaint.domain.cases import Case
from complaint.domain.clocks import Clock, ClockName
from complaint.domain.deadlines import Deadline
from complaint.domain.events import FirstContactBreached, FirstContactDueSoon, OfComplaint
from complaint.domain.events.cases import ClockBreached, ClockDueSoon, ClockRetimed, OfCase
from complaint.domain.events.progress import ProgressDue, ProgressOverdue

Told = OfCase | OfComplaint


def due_soon(case: Case, clock: Clock, *, owner_ids: tuple[UUID, ...]) -> Told:
    """Little time is left for what the clock waits for (E-15, E-18)."""
    due: dict[str, Any] = {"due_at": clock.deadline.due_at, "because": clock.deadline.because}
    match case.kind, clock.name:
        case "complaint", ClockName.FIRST_CONTACT:
            return FirstContactDueSoon(**_of_complaint(case), **due)
        case "complaint", ClockName.PROGRESS_CONTACT:
            return ProgressDue(**_of_complaint(case), **due)
        case _:
            return ClockDueSoon(**case.told_of(), clock=clock.name, owner_ids=owner_ids, **due)


def breached(
    case: Case,
    clock: Clock,
    deadline: Deadline,
    *,
    owner_ids: tuple[UUID, ...],
    supervisor_ids: tuple[UUID, ...],
) -> Told:
    """A deadline of the clock passed (E-15, E-18)."""
    missed: dict[str, Any] = {
        "supervisor_ids": supervisor_ids,
        "due_at": deadline.due_at,
        "hard": deadline.hard,
        "because": deadline.because,
    }
    match case.kind, clock.name:
        case "complaint", ClockName.FIRST_CONTACT:
            return FirstContactBreached(**_of_complaint(case), **missed)
        case "complaint", ClockName.PROGRESS_CONTACT:
            return ProgressOverdue(**_of_complaint(case), **missed)
        case _:
            return ClockBreached(**case.told_of(), clock=clock.name, owner_ids=owner_ids, **missed)


def retimed(case: Case, clock: Clock, *, before: Deadline, reason: str) -> OfCase:
    """A running clock was counted anew."""
    return ClockRetimed(
        **case.told_of(),
        clock=clock.name,
        reason=reason,
        before=before.due_at,
        due_at=clock.deadline.due_at,
        provisional=clock.deadline.provisional,
        because=clock.deadline.because,
    )


def _of_complaint(case: Case) -> dict[str, Any]:
    return {"complaint_id": case.id, "org_unit": case.unit, "handler_id": case.handler_id}
