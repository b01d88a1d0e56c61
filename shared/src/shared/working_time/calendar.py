"""The calendar of a unit: when it is open, and why it is not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from shared.working_time import calendar_data
from shared.working_time.faults import CalendarFault, check_neighbours, check_windows, zone_named
from shared.working_time.timetable import Timetable
from shared.working_time.window import Window

SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Weekly windows, holidays and make-up working days in one time zone.

    `week` maps a weekday (0 is Monday) to its windows. A day in `holidays` is off, for the reason
    given. A day in `workdays` is worked instead of its weekly windows and wins over a holiday;
    None stands for the windows of the first weekday that has any. `published` are the years whose
    holidays are known. The parts are copied, so a calendar never changes. Raises CalendarFault.
    """

    zone: str
    week: Mapping[int, tuple[Window, ...]]
    holidays: Mapping[date, str] = field(default_factory=dict)
    workdays: Mapping[date, tuple[Window, ...] | None] = field(default_factory=dict)
    published: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        for weekday in set(self.week) - set(range(7)):
            raise CalendarFault(f"week.{weekday}", "a weekday is a number from 0, Monday, to 6")
        week = {weekday: tuple(sorted(self.week.get(weekday, ()))) for weekday in range(7)}
        workdays = {
            day: None if windows is None else tuple(sorted(windows))
            for day, windows in self.workdays.items()
        }
        self._keep("week", MappingProxyType(week))
        self._keep("holidays", MappingProxyType(dict(self.holidays)))
        self._keep("workdays", MappingProxyType(workdays))
        self._keep("published", frozenset(self.published))
        self._check()

    def _keep(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _check(self) -> None:
        zone_named(self.zone)
        for weekday, windows in self.week.items():
            check_windows(f"week.{weekday}", windows)
        if not any(self.week.values()):
            raise CalendarFault("week", "no day of the week has a window")
        for day, special in self.workdays.items():
            if special is not None and not special:
                raise CalendarFault(f"workdays.{day}", "a working day needs a window")
            check_windows(f"workdays.{day}", special or ())
        check_neighbours(self, self.workdays)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Calendar":
        """Read the plain data that `to_data` writes; raise CalendarFault with the path of a fault.

        The same data give the same object, so that the timetable it works out is made only once
        however often a calendar is read from its row.
        """
        try:
            return _calendar_of(json.dumps(data, sort_keys=True))
        except TypeError as error:
            raise CalendarFault("", f"a calendar is plain JSON data: {error}") from error

    def to_data(self) -> dict[str, Any]:
        """Return the calendar as plain data, safe for JSON."""
        return calendar_data.written(
            zone=self.zone,
            week=self.week,
            holidays=self.holidays,
            workdays=self.workdays,
            published=self.published,
        )

    @cached_property
    def timezone(self) -> ZoneInfo:
        """The time zone of the wall clock that the windows are read from."""
        return zone_named(self.zone)

    @cached_property
    def timetable(self) -> Timetable:
        """The windows laid out in UTC, prepared as they are asked for."""
        return Timetable(self)

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """Return the windows that open on `day`, in order; none on a day off."""
        if day in self.workdays:
            return self.workdays[day] or next(filter(None, self.week.values()))
        return () if day in self.holidays else self.weekly_windows(day)

    def weekly_windows(self, day: date) -> tuple[Window, ...]:
        """Return what the weekly pattern alone says about `day`."""
        return self.week[day.weekday()]

    def open_reason(self, day: date) -> str:
        """Say why the windows of `day` count."""
        return "open (make-up working day)" if day in self.workdays else "open"

    def off_reason(self, day: date) -> str:
        """Say why a day without windows is off."""
        if day in self.holidays:
            return f"holiday: {self.holidays[day]}"
        return "weekend" if day.weekday() >= SATURDAY else "day off"


@lru_cache(maxsize=512)
def _calendar_of(text: str) -> Calendar:
    return Calendar(**calendar_data.read(json.loads(text)))
