"""When somebody's next birthday is, by the solar or the Chinese lunar calendar (CM-01).

Where a year lacks the day, it is kept earlier: 29 February on the 28th, day 30 of a lunar month on
the 29th. A birthday in a leap month is kept in the ordinary month of the same number. Each year of
its own calendar holds one birthday, so a solar year may hold two lunar ones, or none.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# (lunar year, month, day) -> solar date, or None where that lunar year lacks the day.
SolarOf = Callable[[int, int, int], date | None]


class BirthdayCalendar(StrEnum):
    SOLAR = "solar"
    LUNAR = "lunar"


@dataclass(frozen=True)
class Birthday:
    """A day of the year. ``leap_month`` says that a lunar month was the second of its number."""

    calendar: BirthdayCalendar
    month: int
    day: int
    leap_month: bool = False


@dataclass(frozen=True)
class Anniversary:
    """One birthday: the day it is kept, and the year of its own calendar that it belongs to."""

    on: date
    year: int


def next_birthday(birthday: Birthday, *, after: date, solar_of: SolarOf) -> Anniversary:
    """The first birthday on a day later than ``after``. Raises ValueError when there is none within
    three years, which only a day that no calendar has can cause."""
    for year in range(after.year - 1, after.year + 3):
        kept = _kept(birthday, year, solar_of)
        if kept is not None and kept > after:
            return Anniversary(kept, year)
    raise ValueError(f"{birthday.calendar} {birthday.month}-{birthday.day} is no day of a year")


def _kept(birthday: Birthday, year: int, solar_of: SolarOf) -> date | None:
    if birthday.calendar is BirthdayCalendar.SOLAR:
        last = calendar.monthrange(year, birthday.month)[1]
        return date(year, birthday.month, min(birthday.day, last))
    found = solar_of(year, birthday.month, birthday.day)
    return found or solar_of(year, birthday.month, birthday.day - 1)
