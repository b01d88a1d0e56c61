"""Other departments do their part of a case, which stays with its handler (CP-25, PT-25).

Every function returns the events that it caused, or raises WrongState.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from complaint.domain.cases import Case
from complaint.domain.events.cases import OfCase
from complaint.domain.events.sub_tasks import SubTaskChanged, SubTaskOpened
from complaint.domain.sub_tasks import Dues, Report, SubTask, SubTasksOpen, SubTaskStep


def involve(case: Case, task: SubTask) -> list[OfCase]:
    """Let a department do its part."""
    case.check("open_sub_task")
    case.worked_on(task.opened_by, now=task.opened_at)
    case.sub_tasks.append(task)
    case.touch()
    return [SubTaskOpened(**told_of(case, task), due_at=task.dues.due_at)]


def advance(
    case: Case,
    task: SubTask,
    step: SubTaskStep,
    by: UUID,
    *,
    now: datetime,
    said: str | None = None,
    dues: Dues | None = None,
) -> list[OfCase]:
    """Somebody did a step of a sub-task; one that is returned gets other due times."""
    case.check("advance_sub_task")
    task.take(step, by, now=now, said=said)
    if dues:
        task.retime(dues)
    return _advanced(case, task, step, by)


def report(
    case: Case, task: SubTask, said: Report, *, next_due_at: datetime | None
) -> list[OfCase]:
    """The department said how far it is (PT-25)."""
    case.check("advance_sub_task")
    task.report(said, next_due_at=next_due_at)
    return _advanced(case, task, SubTaskStep.REPORT, said.by)


def check_done(case: Case) -> None:
    """Raises SubTasksOpen while a department has still to do something."""
    if case.pending:
        raise SubTasksOpen(
            "Departments have still to do their part.",
            because=case.pending[0].because,
            sub_task_ids=[str(task.id) for task in case.pending],
        )


def told_of(case: Case, task: SubTask) -> dict[str, Any]:
    """The fields by which an event says what sub-task it is of."""
    return {
        **case.told_of(),
        "sub_task_id": task.id,
        "department": task.department,
        "handler_id": case.handler_id,
        "owner_id": task.owner_id,
        "because": task.because,
    }


def _advanced(case: Case, task: SubTask, step: SubTaskStep, by: UUID) -> list[OfCase]:
    case.touch()
    changed = SubTaskChanged(
        **told_of(case, task),
        step=step,
        state=task.state,
        changed_by=by,
        due_at=task.dues.due_at,
    )
    return [changed]
