"""A calendar as plain data: how it is read, what is refused, how it is written."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, TypedDict

from shared.working_time.faults import CalendarFault
from shared.working_time.window import Window

TIME = re.compile(r"\d\d:\d\d(:\d\d)?", re.ASCII)
DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
KEYS = frozenset({"zone", "week", "holidays", "workdays", "published"})


class Parts(TypedDict):
    """The parts of a calendar under the names that its constructor takes."""

    zone: str
    week: dict[int, tuple[Window, ...]]
    holidays: dict[date, str]
    workdays: dict[date, tuple[Window, ...] | None]
    published: frozenset[int]


def read(data: object) -> Parts:
    """Return the parts that stand in `data`; raise CalendarFault with the path of a fault."""
    whole = _mapping("", data)
    for key in whole:
        if key not in KEYS:
            raise CalendarFault(key, "no such part of a calendar")
    for key in ("zone", "week"):
        if key not in whole:
            raise CalendarFault(key, "is missing")
    return Parts(
        zone=_text("zone", whole["zone"]),
        week=_week(whole["week"]),
        holidays=_holidays(whole.get("holidays", {})),
        workdays=_workdays(whole.get("workdays", {})),
        published=_years(whole.get("published", [])),
    )


def written(
    *,
    zone: str,
    week: Mapping[int, tuple[Window, ...]],
    holidays: Mapping[date, str],
    workdays: Mapping[date, tuple[Window, ...] | None],
    published: frozenset[int],
) -> dict[str, Any]:
    """Return the parts as plain data in a fixed order."""
    return {
        "zone": zone,
        "week": {str(day): _pairs(windows) for day, windows in sorted(week.items()) if windows},
        "holidays": {day.isoformat(): reason for day, reason in sorted(holidays.items())},
        "workdays": {
            day.isoformat(): None if workdays[day] is None else _pairs(workdays[day] or ())
            for day in sorted(workdays)
        },
        "published": sorted(published),
    }


def _pairs(windows: tuple[Window, ...]) -> list[list[str]]:
    return [[_clock_text(window.opens), _clock_text(window.closes)] for window in windows]


def _clock_text(edge: time) -> str:
    return edge.isoformat(timespec="seconds" if edge.second else "minutes")


def _week(value: object) -> dict[int, tuple[Window, ...]]:
    week = {}
    for key, windows in _mapping("week", value).items():
        if key not in {"0", "1", "2", "3", "4", "5", "6"}:
            raise CalendarFault(f"week.{key}", "a weekday is a number from 0, Monday, to 6")
        week[int(key)] = _windows(f"week.{key}", windows)
    return week


def _holidays(value: object) -> dict[date, str]:
    days = _mapping("holidays", value).items()
    return {_date("holidays", day): _text(f"holidays.{day}", reason) for day, reason in days}


def _workdays(value: object) -> dict[date, tuple[Window, ...] | None]:
    return {
        _date("workdays", day): None if windows is None else _windows(f"workdays.{day}", windows)
        for day, windows in _mapping("workdays", value).items()
    }


def _years(value: object) -> frozenset[int]:
    years = _list("published", value)
    for index, year in enumerate(years):
        if type(year) is not int:
            raise CalendarFault(f"published.{index}", f"{year!r} is not a year")
    return frozenset(years)


def _windows(path: str, value: object) -> tuple[Window, ...]:
    return tuple(_window(f"{path}.{index}", pair) for index, pair in enumerate(_list(path, value)))


def _window(path: str, value: object) -> Window:
    match value:
        case [opens, closes]:
            return Window(_time(f"{path}.0", opens), _time(f"{path}.1", closes, closing=True))
    raise CalendarFault(path, "a window is a pair of times, its opening and its closing")


def _time(path: str, value: object, *, closing: bool = False) -> time:
    if closing and value == "24:00":
        return time(0)
    if isinstance(value, str) and TIME.fullmatch(value):
        try:
            return time.fromisoformat(value)
        except ValueError as error:
            raise CalendarFault(path, f"{value!r}: {error}") from error
    raise CalendarFault(path, f"{value!r} is not a time such as 09:00 or 09:00:30")


def _date(path: str, value: str) -> date:
    if DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise CalendarFault(f"{path}.{value}", str(error)) from error
    raise CalendarFault(f"{path}.{value}", "is not a date such as 2026-02-16")


def _text(path: str, value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise CalendarFault(path, f"{value!r} is not a text")


def _mapping(path: str, value: object) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    raise CalendarFault(path, f"{value!r} is not a mapping")


def _list(path: str, value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    raise CalendarFault(path, f"{value!r} is not a list")
