"""Field work: asked of dispatch, and told back by dispatch (E-19, E-20)."""

from typing import Any
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.complaint import Complaint
from complaint.domain.field_work import Assignment, FieldWork, Progress, find
from complaint.domain.staff import Caller
from complaint.use_cases.chain import check_caller
from complaint.use_cases.clocks import settle
from complaint.use_cases.taking import take
from shared.ids import new_id


def request_field_work(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, assignment: Assignment
) -> FieldWork:
    """Ask dispatch to send somebody. Raises NotFound, NotOfThisTier, WrongState, ReplyDueInPast."""
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by)
    requested = complaint.request_field_work(
        by.id, request_id=new_id(), assignment=assignment, now=tx.now
    )
    settle(tx, complaint, requested)
    return complaint.field_works[-1]


def link_work_order(
    tx: ComplaintTransaction, complaint_id: UUID, *, work_order_id: UUID, request_id: UUID | None
) -> None:
    """Dispatch opened a work order for the complaint. Raises NotFound."""
    complaint = tx.complaints.of_event(complaint_id)
    work = find(complaint.field_works, work_order_id=work_order_id, request_id=request_id)
    if work:
        work.work_order_id, work.progress = work_order_id, Progress.OPENED
    _note(tx, complaint, "work_order_opened", work_order_id=work_order_id, request_id=request_id)


def note_issued(
    tx: ComplaintTransaction, complaint_id: UUID, *, work_order_id: UUID, order_no: str
) -> None:
    """The work order went to its receiver. Raises NotFound."""
    complaint = tx.complaints.of_event(complaint_id)
    work = find(complaint.field_works, work_order_id=work_order_id)
    if work:
        work.order_no, work.progress = order_no, Progress.ISSUED
    _note(tx, complaint, "work_order_issued", work_order_id=work_order_id, order_no=order_no)


def note_completed(tx: ComplaintTransaction, complaint_id: UUID, *, work_order_id: UUID) -> None:
    """The work was done and awaits the callback. Raises NotFound."""
    complaint = tx.complaints.of_event(complaint_id)
    work = find(complaint.field_works, work_order_id=work_order_id)
    if work:
        work.progress = Progress.COMPLETED
    _note(tx, complaint, "work_order_completed", work_order_id=work_order_id)


def finish_field_work(
    tx: ComplaintTransaction, complaint_id: UUID, *, work_order_id: UUID, satisfied: bool
) -> None:
    """The customer was called back; a bad word leads back to the work (E-20). Raises NotFound."""
    complaint = tx.complaints.of_event(complaint_id)
    told = complaint.finish_field_work(
        work_order_id, satisfied=satisfied, form_id=new_id(), now=tx.now
    )
    settle(tx, complaint, told)


def _note(tx: ComplaintTransaction, complaint: Complaint, kind: str, **data: Any) -> None:
    tx.note(f"complaint/{complaint.id}", kind, **data)
