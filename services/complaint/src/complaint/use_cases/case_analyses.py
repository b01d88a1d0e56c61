"""Have cases analysed time and again, with measures against their return (CP-05)."""

from datetime import datetime
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.case_analyses import AnalysisRule, CaseAnalysis
from complaint.domain.staff import Caller
from complaint.use_cases import department_work
from shared.ids import new_id
from shared.org_units import CalendarMissing, calendar_of
from shared.rules import Ruling

OPEN = "case_analysis.open"
WAKE = "case_analysis.wake"


def open_due(tx: ComplaintTransaction, unit: str, due_at: datetime) -> None:
    """A period is over at ``due_at``: its cases are to be analysed, once; then the next is awaited.

    Raises UnitUnknown, CalendarMissing, PolicyMissing.
    """
    rule = _rule(tx, unit)
    day = due_at.astimezone(calendar_of(tx.session, unit).timezone).date()
    until_on = rule.value.begin(day)
    if not tx.case_analyses.has(unit, until_on):
        owners = tx.staff.nearest(rule.value.owners, unit=unit)
        time = Ruling(rule.value.time, rule.because)
        analysis = CaseAnalysis(
            id=new_id(),
            org_unit=unit,
            department=unit,
            from_on=rule.value.before(day),
            until_on=until_on,
            because=rule.because,
            opened_at=tx.now,
            due_at=department_work.deadline(tx, unit, time).due_at,
            owner_id=owners[0] if owners else None,
        )
        tx.case_analyses.add(analysis)
        told = [analysis.opened()]
        department_work.settle(tx, analysis, told, wake=WAKE, done="case_analysis_open")
    await_next(tx, unit, dict(tx.weekly_reports.units_below(unit))[unit])


def finish(
    tx: ComplaintTransaction, analysis_id: UUID, *, by: Caller, findings: str, measures: str
) -> CaseAnalysis:
    """It is written. Raises NotFound, NotOfTheDepartment, WrongState."""
    analysis = tx.case_analyses.take(analysis_id, unit=by.unit)
    department_work.check_department(
        tx,
        analysis.department,
        by=by,
        roles=_rule(tx, analysis.org_unit).value.owners,
        because=analysis.because,
        owner_id=analysis.owner_id,
    )
    analysis.finish(by.id, findings=findings, measures=measures, now=tx.now)
    department_work.settle(tx, analysis, wake=WAKE, done="case_analysis_done")
    return analysis


def wake(tx: ComplaintTransaction, analysis_id: UUID) -> None:
    """Tell owner and supervisors that an analysis is late."""
    analysis = tx.case_analyses.of_event(analysis_id)
    if analysis.miss(tx.now):
        roles = _rule(tx, analysis.org_unit).value.supervisors
        told = [analysis.late(tuple(tx.staff.nearest(roles, unit=analysis.department)))]
        department_work.settle(tx, analysis, told, wake=WAKE, done="case_analysis_late")


def await_below(tx: ComplaintTransaction, unit: str) -> None:
    """Set the timers of the unit and of those below it, as their packs say."""
    for one, kind in tx.weekly_reports.units_below(unit):
        await_next(tx, one, kind)


def await_next(tx: ComplaintTransaction, unit: str, kind: str) -> None:
    """Set the timer of a unit whose packs want an analysis of it, and forget that of another."""
    try:
        zone = calendar_of(tx.session, unit).timezone
    except CalendarMissing:
        return  # It is set when the calendar is told.
    rules: list[Ruling[AnalysisRule]] = tx.policies.rulings(
        "case_analysis", unit=unit, on=tx.day_of(unit, tx.now)
    )
    if rules and kind in rules[0].value.kinds:
        tx.set_timer(OPEN, f"unit/{unit}", rules[0].value.next_at(tx.now, zone), unit=unit)
    else:
        tx.cancel_timer(OPEN, f"unit/{unit}")


def _rule(tx: ComplaintTransaction, unit: str) -> Ruling[AnalysisRule]:
    return tx.policies.ruling("case_analysis", unit=unit, on=tx.day_of(unit, tx.now))
