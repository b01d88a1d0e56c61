"""Field work: asked of dispatch, and told back by dispatch (E-19, E-20)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.cases import Case
from complaint.domain.complaint import Complaint
from complaint.domain.field_work import Assignment, FieldWork, Progress, cancelled, find
from complaint.domain.problems import Problem
from complaint.domain.staff import Caller
from complaint.use_cases import flows
from complaint.use_cases.chain import check_caller
from complaint.use_cases.clocks import settle
from complaint.use_cases.closed_loop import check_planned
from complaint.use_cases.taking import take
from shared.ids import new_id


def request_field_work(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, assignment: Assignment
) -> FieldWork:
    """Ask dispatch to send somebody to a complainant.

    Raises NotFound, NotOfThisTier, WrongState, ReplyDueInPast, PlanMissing.
    """
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by)
    requested = complaint.request_field_work(
        by.id, request_id=new_id(), assignment=assignment, now=tx.now
    )
    check_planned(tx, complaint)
    settle(tx, complaint, requested)
    return complaint.field_works[-1]


def request_for_problem(
    tx: ComplaintTransaction, problem_id: UUID, *, by: Caller, assignment: Assignment
) -> FieldWork:
    """Ask dispatch for the warranty or maintenance of what is bad (PT-16).

    Raises NotFound, NotOfThisTier, WrongState, ReplyDueInPast.
    """
    problem = flows.taken(tx, Problem, problem_id, by=by)
    told = problem.request_field_work(by.id, request_id=new_id(), assignment=assignment, now=tx.now)
    settle(tx, problem, told)
    return problem.field_works[-1]


def link_work_order(
    tx: ComplaintTransaction, case_id: UUID, *, work_order_id: UUID, request_id: UUID | None
) -> None:
    """Dispatch opened a work order for a case. Raises NotFound."""
    case = tx.cases.of_event(case_id)
    work = find(case.field_works, work_order_id=work_order_id, request_id=request_id)
    if work:
        work.work_order_id, work.progress = work_order_id, Progress.OPENED
    _note(tx, case, "work_order_opened", work_order_id=work_order_id, request_id=request_id)


def note_issued(
    tx: ComplaintTransaction, case_id: UUID, *, work_order_id: UUID, order_no: str
) -> None:
    """The work order went to its receiver. Raises NotFound."""
    case = tx.cases.of_event(case_id)
    work = find(case.field_works, work_order_id=work_order_id)
    if work:
        work.order_no, work.progress = order_no, Progress.ISSUED
    _note(tx, case, "work_order_issued", work_order_id=work_order_id, order_no=order_no)


def note_progress(
    tx: ComplaintTransaction, case_id: UUID, *, work_order_id: UUID, expected_at: datetime
) -> None:
    """The work goes on, and is expected to be done then. Raises NotFound."""
    case = tx.cases.of_event(case_id)
    told = {"work_order_id": work_order_id, "expected_at": expected_at}
    _note(tx, case, "work_order_progress_reported", **told)


def cancel_field_work(tx: ComplaintTransaction, case_id: UUID, *, work_order_id: UUID) -> None:
    """The work order ended without the work; the case stays with its handler, who is told (CP-25),
    and a problem that counted as solved by it goes back to the work (PT-16).

    Raises NotFound, TierEmpty.
    """
    case = tx.cases.of_event(case_id)
    if isinstance(case, Problem):
        flows.go_on(tx, case, case.cancel_field_work(work_order_id, now=tx.now))
    else:
        settle(tx, case, [cancelled(case, work_order_id)])


def note_completed(tx: ComplaintTransaction, case_id: UUID, *, work_order_id: UUID) -> None:
    """The work was done and awaits the callback. Raises NotFound."""
    case = tx.cases.of_event(case_id)
    work = find(case.field_works, work_order_id=work_order_id)
    if work:
        work.progress = Progress.COMPLETED
    _note(tx, case, "work_order_completed", work_order_id=work_order_id)


def finish_field_work(
    tx: ComplaintTransaction, case_id: UUID, *, work_order_id: UUID, satisfied: bool
) -> None:
    """The customer was called back; a bad word leads back to the work (E-20).

    Raises NotFound, TierEmpty.
    """
    case = tx.cases.of_event(case_id)
    if isinstance(case, Problem):
        told = case.finish_field_work(work_order_id, satisfied=satisfied, now=tx.now)
        flows.go_on(tx, case, told)
    elif isinstance(case, Complaint):
        form_id = new_id()
        done = case.finish_field_work(
            work_order_id, satisfied=satisfied, form_id=form_id, now=tx.now
        )
        settle(tx, case, done)


def _note(tx: ComplaintTransaction, case: Case, kind: str, **data: Any) -> None:
    tx.note(case.ref.subject, kind, **data)
