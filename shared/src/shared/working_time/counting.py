"""Open time counted forward and between two instants."""

from bisect import bisect_left
from datetime import datetime, timedelta
from typing import NamedTuple

from shared.working_time.calendar import Calendar
from shared.working_time.timetable import NOTHING, utc
from shared.working_time.window import DAY


class Due(NamedTuple):
    """A due instant (UTC); provisional when it depends on a year whose holidays are not known."""

    at: datetime
    provisional: bool


def add(calendar: Calendar, start: datetime, amount: timedelta) -> Due:
    """Return the first instant by which `amount` of open time has passed since `start`.

    What ends with a window is due when the window closes, not when the next one opens; no amount
    at all is due at `start`, open or not. Raises ValueError for a negative amount.
    """
    moment = utc(start)
    if amount <= NOTHING:
        return _at_once(calendar, moment, amount)
    table = calendar.timetable.at(moment)
    here = table.last_opened(moment)
    gone, length = moment - table.opens[here], table.lengths[here]
    goal = table.before[here] + (gone if gone < length else length) + amount
    if goal > table.after[-1]:
        calendar.timetable.grow(table.last + 1 + (goal - table.after[-1]) // DAY)
        return add(calendar, start, amount)
    there = bisect_left(table.after, goal, here)
    first, last = table.years[here], table.years[there]
    if first != last and gone >= length:
        first = local_year(calendar, moment)
    at = table.opens[there] + (goal - table.before[there])
    return Due(at, is_provisional(calendar, first, last))


def elapsed(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return the open time between two instants; raise ValueError when `end` is before `start`."""
    first, last = utc(start), utc(end)
    if last < first:
        raise ValueError(f"{end} is before {start}")
    calendar.timetable.at(first)
    table = calendar.timetable.at(last)
    return table.worked(last) - table.worked(first)


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Say whether `at` lies in a window; the opening instant does, the closing instant does not."""
    moment = utc(at)
    table = calendar.timetable.at(moment)
    here = table.last_opened(moment)
    return moment - table.opens[here] < table.lengths[here]


def next_open(calendar: Calendar, at: datetime) -> datetime:
    """Return `at` itself (in UTC) when it is open, else the instant of the next opening."""
    moment = utc(at)
    if is_open(calendar, moment):
        return moment
    table = calendar.timetable.at(moment)
    following = table.last_opened(moment) + 1
    if following == len(table.opens):
        calendar.timetable.grow(table.last + 1)
        return next_open(calendar, at)
    return table.opens[following]


def local_year(calendar: Calendar, moment: datetime) -> int:
    """Return the year that a wall calendar in the zone shows at `moment`."""
    return moment.astimezone(calendar.timezone).year


def is_provisional(calendar: Calendar, first: int, last: int) -> bool:
    """Say whether any year from `first` to `last` still lacks its holidays."""
    if first == last:
        return first not in calendar.published
    return not calendar.published.issuperset(range(first, last + 1))


def _at_once(calendar: Calendar, moment: datetime, amount: timedelta) -> Due:
    if amount < NOTHING:
        raise ValueError(f"{amount} is negative")
    year = local_year(calendar, moment)
    return Due(moment, is_provisional(calendar, year, year))
