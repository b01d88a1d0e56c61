"""What the handler does between the first contact and the result."""

from typing import Any
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.complaint import Complaint
from complaint.domain.emergencies import Cause
from complaint.domain.form import Told
from complaint.domain.phrase_flags import RecordedText
from complaint.domain.staff import Caller
from complaint.use_cases import patterns
from complaint.use_cases.causes import check_cause
from complaint.use_cases.chain import check_caller, check_of_chain, team_of
from complaint.use_cases.clocks import settle
from complaint.use_cases.closed_loop import check_planned
from complaint.use_cases.emergencies import start_if_grave
from complaint.use_cases.records import check_form, check_recorded
from complaint.use_cases.taking import take
from complaint.use_cases.wording import check_wording
from shared.ids import new_id


def amend_form(
    tx: ComplaintTransaction, complaint: Complaint, *, by: Caller, changes: dict[str, Any]
) -> Complaint:
    """Correct or add details of the form in use (CP-23). ``complaint`` was taken before, so that
    the caller could compare versions. Raises NotOfThisTier, CauseUnknown, WrongState."""
    check_of_chain(tx, complaint, by=by)
    check_cause(tx, changes.get("cause_code"), unit=complaint.unit)
    complaint.amend_form(changes)
    patterns.note(tx, complaint)
    tx.note(f"complaint/{complaint.id}", "form_amended", fields=sorted(changes))
    return complaint


def make_first_contact(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, learnt: dict[str, Any]
) -> Complaint:
    """The complainant or his agent was contacted (CP-17), by the first tier or whoever handles.

    Raises NotFound, NotOfThisTier, CauseUnknown, WrongState.
    """
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by, first_tier=True)
    check_cause(tx, learnt.get("cause_code"), unit=complaint.unit)
    settle(tx, complaint, complaint.make_first_contact(by.id, learnt=learnt, now=tx.now))
    patterns.note(tx, complaint)
    return complaint


def raise_level(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, level: int, reason: str
) -> Complaint:
    """Take a complaint to a higher level for a reason (CP-63).

    A pack may give that level less time, so the running clocks are counted anew, and start the
    emergency mechanism (CP-42).

    Raises NotFound, NotOfThisTier, WrongState, LevelUnknown, LevelNotHigher, TierEmpty.
    """
    complaint = take(tx, complaint_id, by=by)
    check_of_chain(tx, complaint, by=by)
    team = team_of(tx, complaint.intake, level=level)
    raised = complaint.raise_level(team=team, reason=reason, form_id=new_id(), now=tx.now)
    tx.note(f"complaint/{complaint_id}", "level_raised", level=level, reason=reason)
    grave = start_if_grave(tx, complaint, by=by.id, cause=Cause.RAISED, reason=reason)
    settle(tx, complaint, [*raised, *grave])
    return complaint


def tell_result(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, result: str
) -> Complaint:
    """The handler told the complainant the result (CP-28); field work may still be under way, but
    no sub-task of a department. What the packs want planned and recorded before is a must (CP-03,
    CP-43).

    Raises NotFound, NotOfThisTier, WrongState, SubTasksOpen, EmergencyRunning, PlanMissing,
    StepsMissing.
    """
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by)
    told = complaint.tell_result(Told(result, by.id, tx.now))
    check_planned(tx, complaint)
    check_recorded(tx, complaint)
    check_form(tx, complaint)
    settle(tx, complaint, told)
    check_wording(tx, result, about=complaint, text=RecordedText.RESULT, by=by.id)
    return complaint


def reveal_complainant(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, reason: str
) -> Complaint:
    """Let the caller see who complained; his reason goes into the audit log.

    Raises NotFound, NotOfThisTier.
    """
    complaint = tx.complaints.get(complaint_id, unit=by.unit)
    check_of_chain(tx, complaint, by=by)
    tx.record("complainant.revealed", f"complaint/{complaint_id}", reason=reason)
    return complaint
