"""Give a unit a calendar of its own, and lay it out anew as the years go by."""

from dispatch.adapters.national_holidays import national_days
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.calendars import CalendarPlan, next_renewal, resolve, years_around
from dispatch.domain.units import Unit
from dispatch.use_cases.rounds import lay_rounds_anew

RENEWAL = "calendar.renewal"


def set_calendar(tx: DispatchTransaction, unit: Unit, *, plan: CalendarPlan) -> Unit:
    """Let ``unit``, and those below it without one of their own, work by ``plan``.

    Raises CalendarInvalid with the path of the fault.
    """
    if _lay_out(tx, unit, plan):
        tx.record("unit.calendar_set", f"org_unit/{unit.unit}", published=_published(unit))
    return unit


def renew_calendar(tx: DispatchTransaction, *, unit: str) -> None:
    """Lay the plan of a unit out for the years around now; told only if its days are different."""
    found = tx.units.known(unit)
    if found.plan is not None:
        _lay_out(tx, found, found.plan)


def _lay_out(tx: DispatchTransaction, unit: Unit, plan: CalendarPlan) -> bool:
    calendar = resolve(plan, national_days(plan.national, years_around(tx.now)))
    changed = unit.keep_calendar(plan, calendar)
    if changed:
        tx.units.keep(unit)
        tx.emit(unit.told())
        lay_rounds_anew(tx, below=unit.unit)
    tx.set_timer(RENEWAL, f"org_unit/{unit.unit}", next_renewal(tx.now, plan.zone), unit=unit.unit)
    return changed


def _published(unit: Unit) -> list[int]:
    return sorted(unit.calendar.published) if unit.calendar else []
