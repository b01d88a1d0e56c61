"""What follows for all open cases of a unit when its calendar or its packs change.

The first of them are done at once and the others by a timer, a batch at a time, so that a change
high up in a large company holds nothing up.
"""

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.use_cases.clocks import recount
from shared.org_units import CalendarMissing, calendar_of, tops

BATCH = 200
RECOUNT_BELOW = "unit.recount"
PACKS_TURN = "packs.turn"
LAST_ZONE = timezone(timedelta(hours=-12))  # Where each day begins last.


def recount_below(
    tx: ComplaintTransaction, unit: str, *, reason: str, after: UUID | None = None
) -> None:
    """Count the clocks of all open cases of ``unit`` and below anew, behind ``after``."""
    found = tx.cases.open_ones(below=unit, after=after, most=BATCH)
    for ref in found:
        recount(tx, ref, reason=reason)
    if len(found) == BATCH:
        data = {"unit": unit, "reason": reason, "after": found[-1].id}
        tx.set_timer(RECOUNT_BELOW, f"unit/{unit}/{reason}", tx.now, **data)


def packs_changed(tx: ComplaintTransaction, unit: str | None, on: date) -> None:
    """From that day on ``unit`` and those below it follow other packs, or, for None, a pack has
    another version. The open cases turn to it when the day begins there, and those of units
    further west once it has begun everywhere. Raises UnitUnknown.
    """
    for top in [unit] if unit else tops(tx.session):
        for zone in {_zone(tx, top), LAST_ZONE}:
            at = max(datetime.combine(on, time(0), zone), tx.now)
            tx.set_timer(PACKS_TURN, f"unit/{top}/{on.isoformat()}/{zone}", at, unit=top)


def _zone(tx: ComplaintTransaction, unit: str) -> tzinfo:
    try:
        return calendar_of(tx.session, unit).timezone
    except CalendarMissing:
        return LAST_ZONE
