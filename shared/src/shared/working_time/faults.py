"""What makes a calendar unusable, said when it is made and not when a deadline depends on it."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.working_time.window import DAY, Window

# Any seven days in a row will do to look at a week that no holiday touches.
A_MONDAY = date(2001, 1, 1)


class CalendarFault(ValueError):
    """A calendar that cannot work; `path` names the place, `why` says what is wrong there."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}" if path else why)
        self.path = path
        self.why = why


class WeekPlan(Protocol):
    """As much of a calendar as the checks need to see."""

    def windows_on(self, day: date) -> tuple[Window, ...]: ...

    def weekly_windows(self, day: date) -> tuple[Window, ...]: ...


def zone_named(name: str) -> ZoneInfo:
    """Return the IANA time zone; raise CalendarFault when this machine knows none of the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CalendarFault("zone", f"there is no time zone {name!r}") from error


def check_windows(path: str, windows: tuple[Window, ...]) -> None:
    """Refuse windows of one day that overlap or do not stand on whole seconds of a wall clock."""
    for window in windows:
        for edge in (window.opens, window.closes):
            if edge.tzinfo is not None or edge.microsecond:
                raise CalendarFault(path, f"{edge} is not a wall clock time in whole seconds")
    for earlier, later in pairwise(windows):
        if earlier.over_midnight or later.opens < earlier.closes:
            raise CalendarFault(path, f"{_text(earlier)} overlaps {_text(later)}")


def check_neighbours(plan: WeekPlan, make_up_days: Iterable[date]) -> None:
    """Refuse a window that runs over midnight into a window of the day after."""
    for weekday in range(7):
        day = A_MONDAY + weekday * DAY
        _check_pair(f"week.{weekday}", plan.weekly_windows(day), plan.weekly_windows(day + DAY))
    for day in make_up_days:
        path = f"workdays.{day}"
        _check_pair(path, plan.windows_on(day - DAY), plan.windows_on(day))
        _check_pair(path, plan.windows_on(day), plan.windows_on(day + DAY))


def _check_pair(path: str, today: tuple[Window, ...], tomorrow: tuple[Window, ...]) -> None:
    if not (today and tomorrow and today[-1].over_midnight):
        return
    if tomorrow[0].opens < today[-1].closes:
        why = f"{_text(today[-1])} overlaps {_text(tomorrow[0])} of the day after"
        raise CalendarFault(path, why)


def _text(window: Window) -> str:
    return f"{window.opens:%H:%M:%S}-{window.closes:%H:%M:%S}"
