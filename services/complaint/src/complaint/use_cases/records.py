"""Record what was found out and done in a complaint, and explain the way ahead."""

from collections.abc import Sequence
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain import records
from complaint.domain.cases import Case
from complaint.domain.complaint import Complaint
from complaint.domain.form_rules import check_complete
from complaint.domain.handling_records import (
    Compensation,
    HandlingRecord,
    HandlingRule,
    HandlingStage,
    ProcessExplanation,
    ProcessStep,
)
from complaint.domain.phrase_flags import RecordedText
from complaint.domain.staff import Caller
from complaint.use_cases.chain import check_caller
from complaint.use_cases.clocks import settle
from complaint.use_cases.taking import take
from complaint.use_cases.wording import check_wording
from shared.ids import new_id
from shared.org_units import require
from shared.rules import Ruling


def record_step(
    tx: ComplaintTransaction,
    complaint_id: UUID,
    *,
    by: Caller,
    step: HandlingStage,
    content: str,
    person_ids: Sequence[UUID] = (),
    department: str | None = None,
    compensation: Compensation | None = None,
) -> HandlingRecord:
    """Write down a step of the handling (CP-03, CP-48, CP-54); the material may pass to a
    department.

    Raises NotFound, NotOfThisTier, WrongState, UnitUnknown, CompensationUnfit, AmountUnfit.
    """
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by)
    if department:
        require(tx.session, department)
    record = HandlingRecord(
        id=new_id(),
        case_id=complaint.id,
        step=step,
        by=by.id,
        at=tx.now,
        content=content,
        person_ids=tuple(dict.fromkeys(person_ids)),
        department=department,
        compensation=compensation,
    )
    settle(tx, complaint, records.write(complaint, record))
    return record


def explain_process(
    tx: ComplaintTransaction,
    complaint_id: UUID,
    *,
    by: Caller,
    outline: str,
    steps: Sequence[ProcessStep],
    contact: str,
) -> ProcessExplanation:
    """The handler told the complainant what will happen and how he is reached (CP-24).

    Raises NotFound, NotOfThisTier, WrongState.
    """
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by)
    explanation = ProcessExplanation(
        id=new_id(),
        case_id=complaint.id,
        by=by.id,
        at=tx.now,
        outline=outline,
        steps=tuple(steps),
        contact=contact,
    )
    settle(tx, complaint, records.explain_process(complaint, explanation))
    check_wording(tx, outline, about=complaint, text=RecordedText.PROCESS, by=by.id)
    return explanation


def check_recorded(tx: ComplaintTransaction, case: Case) -> None:
    """Raises StepsMissing where the packs want steps that nobody recorded."""
    for rule in _rules(tx, case)[:1]:
        records.check_recorded(case, rule)


def check_form(tx: ComplaintTransaction, complaint: Complaint) -> None:
    """Raises DetailsMissing where the form lacks what the packs ask of it (CP-23)."""
    today, about = tx.day_of(complaint.unit, tx.now), complaint.intake.about
    rules = tx.policies.rulings("form", unit=complaint.unit, on=today, about=about)
    check_complete(complaint.form.details, rules)


def _rules(tx: ComplaintTransaction, case: Case) -> list[Ruling[HandlingRule]]:
    today = tx.day_of(case.unit, tx.now)
    return tx.policies.rulings("handling", unit=case.unit, on=today, level=case.level)
