"""What is told of sub-tasks when their time comes."""

from typing import Any

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.cases import Case
from complaint.domain.departments import told_of
from complaint.domain.events.sub_tasks import OfSubTask, SubTaskDueSoon, SubTaskOverdue
from complaint.domain.sub_tasks import Reminder, SubTask, SubTaskRule
from shared.rules import Ruling


def remind(tx: ComplaintTransaction, case: Case) -> None:
    """Warn owners, and tell what was missed to handler, owner and the department's supervisors."""
    for task in case.pending:
        for reminder in task.remind(tx.now):
            case.touch()
            tx.tell([_told(tx, case, task, reminder)])


def rules_of(tx: ComplaintTransaction, case: Case) -> list[Ruling[SubTaskRule]]:
    """The rules on sub-tasks of the case, the winner first."""
    today = tx.day_of(case.unit, tx.now)
    return tx.policies.rulings("sub_tasks", unit=case.unit, on=today, level=case.level)


def _told(tx: ComplaintTransaction, case: Case, task: SubTask, reminder: Reminder) -> OfSubTask:
    of: dict[str, Any] = told_of(case, task)
    if reminder is Reminder.DUE_SOON:
        return SubTaskDueSoon(**of, due_at=task.dues.due_at)
    late = reminder is Reminder.REPORT_OVERDUE
    roles = next((rule.value.supervisors for rule in rules_of(tx, case)), ())
    return SubTaskOverdue(
        **of,
        missed="report" if late else "result",
        supervisor_ids=tuple(tx.staff.nearest(roles, unit=task.department)),
        due_at=(late and task.dues.report_due_at) or task.dues.due_at,
    )
