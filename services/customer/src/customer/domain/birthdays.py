"""The day on which a contact is greeted, as it recurs: without a year (CM-01)."""

from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum

from shared.rules import Invalid

LEAP_YEAR = 2000  # Any year that has a 29 February.
MONTHS = 12
LONGEST_LUNAR_MONTH = 30


class BirthdayCalendar(StrEnum):
    """By which calendar a birthday is kept."""

    SOLAR = "solar"
    LUNAR = "lunar"


class BirthdayImpossible(Invalid):
    """No year of that calendar has such a day."""

    code = "birthday_impossible"


@dataclass(frozen=True, kw_only=True)
class Birthday:
    """A day of a calendar; ``leap_month`` marks the second lunar month of that number.

    Raises BirthdayImpossible for a day that no year has.
    """

    calendar: BirthdayCalendar
    month: int
    day: int
    leap_month: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.month <= MONTHS:
            raise _impossible("month")
        if not 1 <= self.day <= self._longest():
            raise _impossible("day")
        if self.leap_month and self.calendar is BirthdayCalendar.SOLAR:
            raise _impossible("leap_month")

    def _longest(self) -> int:
        if self.calendar is BirthdayCalendar.LUNAR:
            return LONGEST_LUNAR_MONTH
        return monthrange(LEAP_YEAR, self.month)[1]


def _impossible(field: str) -> BirthdayImpossible:
    return BirthdayImpossible(
        "No year has such a birthday.", errors={"birthday": {field: ["There is no such day."]}}
    )
