"""Make the weekly report on complaints, by itself and when it is asked for (CP-37, RP-01, E-27)."""

from datetime import datetime
from uuid import UUID

from complaint.adapters.counts import Counting
from complaint.adapters.mapping import WeeklyReport
from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.figures import figures
from complaint.domain.iso_weeks import WEEK, IsoWeek
from complaint.domain.weekly_reports import (
    Period,
    WeeklyReportRule,
    differences,
    span,
)
from shared.ids import new_id
from shared.org_units import CalendarMissing, calendar_of
from shared.rules import Ruling
from shared.scope import seen_units

MAKE = "weekly_report.make"


def make_report(
    tx: ComplaintTransaction, unit: str, week: IsoWeek, *, by: UUID | None = None
) -> WeeklyReport:
    """Work out the numbers of a unit and week. Where they are those of the last revision, that one
    is answered; else there is a new one, which says what changed, and is told.

    Raises UnitUnknown, CalendarMissing, PolicyMissing, WeekInvalid.
    """
    day = tx.day_of(unit, tx.now)
    rule: Ruling[WeeklyReportRule] = tx.policies.ruling("weekly_report", unit=unit, on=day)
    zone = calendar_of(tx.session, unit).timezone
    from_at, until_at = span(week, zone=zone, now=tx.now)
    before = tx.weekly_reports.latest(unit, week)
    period = Period(
        units=before.period.units if before else tuple(sorted(seen_units(tx.session, unit))),
        from_at=from_at,
        until_at=until_at,
        position=tx.weekly_reports.position(),
    )
    recurs = tx.policies.rulings("recurrence", unit=unit, on=day)
    counting = Counting(tx.session, period)
    report = WeeklyReport(
        id=new_id(),
        org_unit=unit,
        year=week.year,
        week=week.week,
        revision=1,
        period=period,
        figures=figures(counting.counts(recurs[0].value if recurs else None)),
        open_list=counting.open_list(),
        notable=counting.notable(rule.value.notable),
        because=rule.because,
        made_at=tx.now,
        made_by=by,
    )
    if before:
        report.changes = differences(before.figures, report.figures)
        if not report.changes:
            return before
        report.revision = before.revision + 1
    tx.weekly_reports.add(report)
    tx.tell([report.told(tuple(tx.staff.nearest(rule.value.roles, unit=unit)))])
    return report


def make_due_report(tx: ComplaintTransaction, unit: str, due_at: datetime) -> None:
    """It is time for the report of the week before ``due_at``; then the next one is awaited."""
    zone = calendar_of(tx.session, unit).timezone
    make_report(tx, unit, IsoWeek.of((due_at - WEEK).astimezone(zone).date()))
    await_report(tx, unit)


def await_reports(tx: ComplaintTransaction, unit: str) -> None:
    """Set the timers of the unit and of those below it, as their packs say."""
    for one, kind in tx.weekly_reports.units_below(unit):
        await_report(tx, one, kind=kind)


def await_report(tx: ComplaintTransaction, unit: str, *, kind: str | None = None) -> None:
    """Set the timer of a unit whose packs want a report of it, and forget that of another one."""
    try:
        zone = calendar_of(tx.session, unit).timezone
    except CalendarMissing:
        return  # It is set when the calendar is told.
    rules = tx.policies.rulings("weekly_report", unit=unit, on=tx.day_of(unit, tx.now))
    kind = kind or dict(tx.weekly_reports.units_below(unit))[unit]
    if rules and kind in rules[0].value.kinds:
        tx.set_timer(MAKE, f"unit/{unit}", rules[0].value.next_at(tx.now, zone), unit=unit)
    else:
        tx.cancel_timer(MAKE, f"unit/{unit}")
