"""Other departments do their part of a case, which its handler follows himself (CP-25, PT-25)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain import departments
from complaint.domain.cases import Case
from complaint.domain.clock_rules import ClockRule
from complaint.domain.complaint import Complaint
from complaint.domain.staff import Caller
from complaint.domain.sub_tasks import (
    Dues,
    Report,
    SubTask,
    SubTaskRule,
    SubTaskStep,
)
from complaint.use_cases import department_work
from complaint.use_cases.chain import check_caller
from complaint.use_cases.clocks import settle
from complaint.use_cases.sub_task_reminders import rules_of
from shared.ids import new_id
from shared.org_units import require
from shared.policy import PolicyMissing
from shared.rules import Ruling


def open_sub_task(
    tx: ComplaintTransaction,
    complaint_id: UUID,
    *,
    by: Caller,
    department: str,
    content: str,
    due_at: datetime | None = None,
    owner_id: UUID | None = None,
) -> SubTask:
    """Ask a department to do something, by ``due_at`` or in the time of the pack. It goes to the
    person named, or to the nearest holder of a role that the pack names.

    Raises NotFound, NotOfThisTier, WrongState, UnitUnknown, PolicyMissing, DueInPast, OwnerUnknown.
    """
    complaint = tx.complaints.take(complaint_id, unit=by.unit)
    check_caller(tx, complaint, by=by)
    require(tx.session, department)
    rule = _rule(tx, complaint)
    task = SubTask(
        id=new_id(),
        case_id=complaint.id,
        department=department,
        content=content,
        owner_id=department_work.owner(
            tx, department, rule.value.owners, because=rule.because, named=owner_id
        ),
        opened_by=by.id,
        opened_at=tx.now,
        dues=_dues(tx, complaint, department, rule, due_at=due_at),
        because=rule.because,
    )
    settle(tx, complaint, departments.involve(complaint, task))
    return task


def accept(tx: ComplaintTransaction, sub_task_id: UUID, *, by: Caller) -> SubTask:
    """Somebody of the department takes it on. Raises NotFound, NotOfTheDepartment, WrongState."""
    complaint, task = _of_department(tx, sub_task_id, by=by)
    settle(
        tx, complaint, departments.advance(complaint, task, SubTaskStep.ACCEPT, by.id, now=tx.now)
    )
    return task


def report(tx: ComplaintTransaction, sub_task_id: UUID, *, by: Caller, content: str) -> SubTask:
    """The department says how far it is (PT-25). Raises as ``accept``."""
    complaint, task = _of_department(tx, sub_task_id, by=by)
    said = Report(id=new_id(), by=by.id, at=tx.now, content=content)
    next_due_at = _report_due(tx, complaint, task.department)
    settle(tx, complaint, departments.report(complaint, task, said, next_due_at=next_due_at))
    return task


def finish(tx: ComplaintTransaction, sub_task_id: UUID, *, by: Caller, result: str) -> SubTask:
    """The department has done its part. Raises as ``accept``."""
    complaint, task = _of_department(tx, sub_task_id, by=by)
    step = departments.advance(complaint, task, SubTaskStep.FINISH, by.id, now=tx.now, said=result)
    settle(tx, complaint, step)
    return task


def send_back(
    tx: ComplaintTransaction,
    sub_task_id: UUID,
    *,
    by: Caller,
    reason: str,
    due_at: datetime | None = None,
) -> SubTask:
    """The handler is not content with what was done; the time for it begins anew.

    Raises NotFound, NotOfThisTier, WrongState, PolicyMissing, DueInPast.
    """
    complaint, task = _of_handler(tx, sub_task_id, by=by)
    dues = _dues(tx, complaint, task.department, _rule(tx, complaint), due_at=due_at)
    step = departments.advance(
        complaint, task, SubTaskStep.RETURN, by.id, now=tx.now, said=reason, dues=dues
    )
    settle(tx, complaint, step)
    return task


def cancel(tx: ComplaintTransaction, sub_task_id: UUID, *, by: Caller, reason: str) -> SubTask:
    """The handler needs it no longer. Raises NotFound, NotOfThisTier, WrongState."""
    complaint, task = _of_handler(tx, sub_task_id, by=by)
    step = departments.advance(complaint, task, SubTaskStep.CANCEL, by.id, now=tx.now, said=reason)
    settle(tx, complaint, step)
    return task


def _of_department(
    tx: ComplaintTransaction, sub_task_id: UUID, *, by: Caller
) -> tuple[Complaint, SubTask]:
    """The owner, and whoever has an owner's role where the department is, may go on with it."""
    complaint, task = _found(tx, sub_task_id, by=by)
    department_work.check_department(
        tx,
        task.department,
        by=by,
        roles={role for rule in rules_of(tx, complaint) for role in rule.value.owners},
        because=task.because,
        owner_id=task.owner_id,
    )
    return complaint, task


def _of_handler(
    tx: ComplaintTransaction, sub_task_id: UUID, *, by: Caller
) -> tuple[Complaint, SubTask]:
    complaint, task = _found(tx, sub_task_id, by=by)
    check_caller(tx, complaint, by=by)
    return complaint, task


def _found(tx: ComplaintTransaction, sub_task_id: UUID, *, by: Caller) -> tuple[Complaint, SubTask]:
    seen = tx.sub_tasks.get(sub_task_id, unit=by.unit)
    complaint = tx.complaints.of_event(seen.case_id)
    return complaint, complaint.sub_task(sub_task_id)


def _rule(tx: ComplaintTransaction, case: Case) -> Ruling[SubTaskRule]:
    rules = rules_of(tx, case)
    if not rules:
        raise PolicyMissing("No rule says how departments take part.", section="sub_tasks")
    return rules[0]


def _dues(
    tx: ComplaintTransaction,
    case: Case,
    department: str,
    rule: Ruling[SubTaskRule],
    *,
    due_at: datetime | None,
) -> Dues:
    time = Ruling(rule.value.time, rule.because)
    found = department_work.deadline(tx, department, time)
    dues = Dues(
        due_at=found.due_at,
        warn_at=found.warn_at,
        report_due_at=_report_due(tx, case, department),
    )
    if due_at is None:
        return dues
    warn_at = department_work.warning(tx, time.value, due_at)
    return replace(dues, due_at=due_at, warn_at=warn_at)


def _report_due(tx: ComplaintTransaction, case: Case, department: str) -> datetime | None:
    today = tx.day_of(case.unit, tx.now)
    rules: list[Ruling[ClockRule]] = tx.policies.rulings(
        "sub_task_reports", unit=case.unit, on=today, level=case.level
    )
    return department_work.deadline(tx, department, rules[0]).due_at if rules else None
