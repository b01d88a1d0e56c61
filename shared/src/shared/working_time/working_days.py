"""Whole working days counted (rules XC-02, K-21).

A working day is a local day that has at least one window. The day of receipt, that is the local
day on which the count starts, never counts, whether it is worked or not.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.working_time.calendar import Calendar
from shared.working_time.counting import Due, add, is_provisional
from shared.working_time.timetable import utc
from shared.working_time.window import instant_of


class CountMode(StrEnum):
    """When, on the last of n working days, the time is up: the policy value `sla.count_mode`."""

    END_OF_DAY = "end_of_day"
    SAME_TIME = "same_time"


@dataclass(frozen=True)
class WorkingDays:
    """A target of `n` working days after the day of receipt (rules XC-02, K-21)."""

    n: int
    mode: CountMode = CountMode.END_OF_DAY


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Say whether a window opens on the local day `day`."""
    return bool(calendar.windows_on(day))


def closing_of(calendar: Calendar, day: date) -> datetime:
    """Return the instant (UTC) at which the last window of `day` closes.

    Over midnight that is on the day after. Raises ValueError when `day` is not a working day.
    """
    spans = calendar.timetable.day(day).spans
    if not spans:
        raise ValueError(f"{day} is not a working day")
    return spans[-1][1]


def end_of_working_day(calendar: Calendar, start: datetime, days: int) -> Due:
    """Return the closing of the n-th working day after the local day of `start`.

    This is how "within n working days" is counted unless the policy says otherwise. Raises
    ValueError when `days` is less than 1.
    """
    receipt = _local(calendar, start).date()
    day = _working_day_after(calendar, receipt, days)
    provisional = is_provisional(calendar, receipt.year, day.year)
    return Due(closing_of(calendar, day), provisional)


def same_time_in_working_days(calendar: Calendar, start: datetime, days: int) -> Due:
    """Return the clock time of `start` on the n-th working day after its local day.

    A clock time before or between the windows of that day moves to the next opening, and one after
    the last window back to its closing. Raises ValueError when `days` is less than 1.
    """
    local = _local(calendar, start)
    day = _working_day_after(calendar, local.date(), days)
    wanted = instant_of(day, local.time(), calendar.timezone)
    provisional = is_provisional(calendar, local.year, day.year)
    for opens, closes in calendar.timetable.day(day).spans:
        if wanted <= closes:
            return Due(max(wanted, opens), provisional)
    return Due(closing_of(calendar, day), provisional)


def due_of(calendar: Calendar, start: datetime, target: timedelta | WorkingDays) -> Due:
    """Return when a clock that starts at `start` and never stands still reaches its target."""
    if isinstance(target, timedelta):
        return add(calendar, start, target)
    if target.mode == CountMode.END_OF_DAY:
        return end_of_working_day(calendar, start, target.n)
    return same_time_in_working_days(calendar, start, target.n)


def _local(calendar: Calendar, start: datetime) -> datetime:
    return utc(start).astimezone(calendar.timezone)


def _working_day_after(calendar: Calendar, receipt: date, days: int) -> date:
    if days < 1:
        raise ValueError(f"{days} working days cannot be counted")
    table = calendar.timetable.grow(receipt.toordinal())
    nth = bisect_right(table.working, receipt.toordinal()) + days - 1
    if nth >= len(table.working):
        calendar.timetable.grow(table.last + 1 + nth - len(table.working))
        return _working_day_after(calendar, receipt, days)
    return date.fromordinal(table.working[nth])
