"""Make the list of open orders before each shift ends: one timer a unit in which orders lie
(WO-17)."""

from datetime import UTC, datetime, time

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.daily_checks import DailyCheck, DailyCheckRule, counted, entry_of
from dispatch.domain.shift_ends import Round, ShiftEnd, due_at, end_of, next_end
from dispatch.use_cases.checkers import check_rule, checkers_of
from dispatch.use_cases.deadlines import UNRULED
from dispatch.use_cases.handover_reminders import follow_list
from shared.ids import new_id
from shared.org_units import CalendarMissing, calendar_of
from shared.rules import Ruling
from shared.working_time import Calendar

ROUND = "unit.daily_check"


def follow_unit(tx: DispatchTransaction, unit: str) -> None:
    """Orders lie in ``unit`` from now on: its list appears at the end of each shift."""
    if tx.daily_checks.join(unit, now=tx.now):
        _await_next(tx, tx.daily_checks.lock_round(unit))


def lay_rounds_anew(tx: DispatchTransaction, *, below: str) -> None:
    """After the shifts or the calendar of a unit changed: its lists, and those of the units below
    it, appear by the ends that hold from now on. A list that is due already appears as it was to.
    """
    for unit in tx.daily_checks.units_below(below):
        found = tx.daily_checks.lock_round(unit)
        rule = check_rule(tx, unit)
        if rule is None or not found.is_due(tx.now, minutes=rule.value.minutes):
            calendar = _calendar(tx, unit)
            if calendar is not None:
                found.pass_by(tx.now, calendar.timezone)
            _await_next(tx, found)


def go_round(tx: DispatchTransaction, unit: str) -> None:
    """The list of a shift is due, or was while nobody made it: make it, and wait for the next. A
    unit that no pack rules has none."""
    found = tx.daily_checks.lock_round(unit)
    rule = check_rule(tx, unit)
    if rule is None:
        found.after = max(found.after, tx.now)
    elif found.pending is not None and found.is_due(tx.now, minutes=rule.value.minutes):
        _make_list(tx, unit, found.pending, rule)
        found.is_checked(found.pending)
    _await_next(tx, found)


def _await_next(tx: DispatchTransaction, found: Round) -> None:
    calendar = _calendar(tx, found.unit)
    end = None
    if calendar is not None:
        end = next_end(
            lambda day: map(end_of, tx.shifts.turns(found.unit, day)),
            after=found.after,
            zone=calendar.timezone,
            done=tx.daily_checks.done(found),
        )
    found.await_end(end)
    about = f"org_unit/{found.unit}"
    if end is None:
        tx.cancel_timer(ROUND, about)
        return
    rule = check_rule(tx, found.unit)
    at = due_at(end, minutes=rule.value.minutes) if rule else tx.now + UNRULED
    tx.set_timer(ROUND, about, at, unit=found.unit)


def _calendar(tx: DispatchTransaction, unit: str) -> Calendar | None:
    """Without a calendar nobody knows when a day ends."""
    try:
        return calendar_of(tx.session, unit)
    except CalendarMissing:
        return None


def _make_list(
    tx: DispatchTransaction, unit: str, end: ShiftEnd, rule: Ruling[DailyCheckRule]
) -> None:
    check_id, zone = new_id(), tx.calendar(unit).timezone
    entries = [
        entry_of(order, check_id, day=end.day, zone=zone, now=tx.now)
        for order in tx.daily_checks.open_orders(unit)
    ]
    begins = datetime.combine(end.day, time(), zone).astimezone(UTC)
    opened, completed = tx.daily_checks.count_since(unit, begins)
    by_state, overdue, carried_over = counted(entries)
    check = DailyCheck(
        id=check_id,
        org_unit=unit,
        day=end.day,
        shift=end.shift,
        ends_at=end.ends_at,
        made_at=tx.now,
        late=tx.now >= end.ends_at,
        opened=opened,
        completed=completed,
        by_state=by_state,
        overdue=overdue,
        carried_over=carried_over,
        because=rule.because,
    )
    tx.daily_checks.add(check, entries)
    tx.emit(check.told_of(checkers_of(tx, check)), because=rule.because)
    follow_list(tx, check)
