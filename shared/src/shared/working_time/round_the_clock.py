"""Time that never stands still, in the form in which open time is counted."""

from functools import cache

from shared.working_time.calendar import Calendar
from shared.working_time.window import MIDNIGHT, Window

YEARS = frozenset(range(1970, 2201))


@cache
def round_the_clock(zone: str) -> Calendar:
    """The calendar of plain hours and days: always open, without holidays, never provisional.

    What is counted by it can be folded and explained as working time is. Raises CalendarFault.
    """
    whole_day = (Window(MIDNIGHT, MIDNIGHT),)
    return Calendar(zone=zone, week=dict.fromkeys(range(7), whole_day), published=YEARS)
