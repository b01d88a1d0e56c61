"""Raise, answer and close what customers bring up (VS-25)."""

from datetime import datetime
from uuid import UUID

from customer.adapters.mapping import Customer, Issue
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.issues import Job, PersonUnknown, Source, check_deadline
from customer.domain.staff import Caller
from shared.ids import new_id

OVERDUE = "issue.overdue"


def raise_issue(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    source: Source,
    source_id: UUID,
    org_unit: str,
    text: str,
    responsible_id: UUID,
    due_at: datetime,
    caller: Caller,
) -> Issue:
    """Enter a problem or need with who answers it and until when; both are mandatory (VS-25).

    Raises PersonUnknown, and Invalid for a deadline that has passed.
    """
    check_deadline(due_at, tx.now)
    check_person(tx, responsible_id)
    issue = Issue(
        id=new_id(),
        customer_id=customer.id,
        org_unit=org_unit,
        source=source,
        source_id=source_id,
        text=text,
        responsible_id=responsible_id,
        due_at=due_at,
        raised_by=person_of(caller),
        raised_at=tx.now,
    )
    tx.issues.add(issue)
    tx.emit(issue.raised(), issue.described())
    _note(tx, issue, "issue_raised")
    _await_answer(tx, issue)
    return issue


def answer_issue(tx: CustomerTransaction, issue: Issue, *, text: str, caller: Caller) -> Issue:
    """Answer an issue. Raises WrongState."""
    tx.emit(issue.answer(text=text, by=person_of(caller), now=tx.now))
    tx.cancel_timer(OVERDUE, f"issue/{issue.id}")
    tx.record("issue.answered", f"issue/{issue.id}")
    _note(tx, issue, "issue_answered")
    return issue


def reopen_issue(tx: CustomerTransaction, issue: Issue, *, due_at: datetime) -> Issue:
    """Ask for another answer until a new deadline. Raises WrongState, Invalid."""
    check_deadline(due_at, tx.now)
    tx.emit(issue.reopen(due_at=due_at))
    _await_answer(tx, issue)
    tx.record("issue.reopened", f"issue/{issue.id}")
    _note(tx, issue, "issue_reopened")
    return issue


def close_issue(tx: CustomerTransaction, issue: Issue, *, caller: Caller) -> Issue:
    """End an issue that was answered. Raises WrongState."""
    issue.close(by=person_of(caller))
    tx.record("issue.closed", f"issue/{issue.id}")
    tx.note(f"issue/{issue.id}", "issue_closed")
    _note(tx, issue, "issue_closed")
    return issue


def request_service(tx: CustomerTransaction, issue: Issue, *, job: Job, caller: Caller) -> Issue:
    """Ask dispatch for field work (E-05). Raises WrongState, ServiceAskedFor, Invalid."""
    check_deadline(job.reply_due_at, tx.now)
    tx.emit(*issue.request_service(job, request_id=new_id(), by=person_of(caller)))
    tx.record("issue.service_requested", f"issue/{issue.id}", request_id=issue.request_id)
    return issue


def link_order(tx: CustomerTransaction, *, request_id: UUID, work_order_id: UUID) -> None:
    """Remember which work order was opened for the field work of an issue."""
    issue = tx.issues.of_request(request_id)
    if issue is not None and issue.work_order_id is None:
        issue.work_order_id = work_order_id
        tx.note(f"issue/{issue.id}", "work_order_opened", work_order_id=work_order_id)


def finish_order(tx: CustomerTransaction, *, work_order_id: UUID) -> None:
    """Completed field work answers the issue, unless somebody did in the meantime (E-05)."""
    issue = tx.issues.of_order(work_order_id)
    if issue is None:
        return
    tx.note(f"issue/{issue.id}", "work_order_completed", work_order_id=work_order_id)
    if issue.awaits(work_order_id):
        _answer_by_work(tx, issue)


def finish_problem(tx: CustomerTransaction, *, issue_id: UUID, problem_id: UUID) -> None:
    """The closing of the ticket that was opened for an issue answers it, unless somebody did in the
    meantime (E-04). Raises NotFound."""
    issue = tx.issues.known(issue_id)
    tx.note(f"issue/{issue.id}", "problem_closed", problem_id=problem_id)
    if issue.is_pending:
        issue.problem_id = problem_id
        _answer_by_work(tx, issue)


def release_order(tx: CustomerTransaction, *, work_order_id: UUID) -> None:
    """The field work was cancelled: the issue still waits for an answer, and field work may be
    asked for anew."""
    issue = tx.issues.of_order(work_order_id)
    if issue is None:
        return
    issue.release_service()
    tx.note(f"issue/{issue.id}", "work_order_cancelled", work_order_id=work_order_id)
    _note(tx, issue, "service_cancelled")


def report_overdue(tx: CustomerTransaction, *, issue_id: UUID) -> None:
    """Alert that nobody answered in time; the timer of an answered issue is gone."""
    issue = tx.issues.known(issue_id)
    supervisor_id = tx.visitors.supervisor(issue.responsible_id, unit=issue.org_unit)
    tx.emit(issue.report_overdue(supervisor_id=supervisor_id))
    _note(tx, issue, "issue_overdue")


def check_person(tx: CustomerTransaction, person_id: UUID) -> None:
    """Raise PersonUnknown unless somebody active has that id."""
    if not tx.staff.posts_of(person_id):
        raise PersonUnknown("Nobody active has that id.", person_id=str(person_id))


def _answer_by_work(tx: CustomerTransaction, issue: Issue) -> None:
    tx.emit(issue.answer(text=None, by=None, now=tx.now))
    _note(tx, issue, "issue_answered")
    tx.cancel_timer(OVERDUE, f"issue/{issue.id}")


def _note(tx: CustomerTransaction, issue: Issue, kind: str) -> None:
    """Into the timeline of the customer."""
    tx.note(f"customer/{issue.customer_id}", kind, issue_id=issue.id)


def _await_answer(tx: CustomerTransaction, issue: Issue) -> None:
    tx.set_timer(OVERDUE, f"issue/{issue.id}", issue.due_at, issue_id=issue.id)
