"""From the calendar that a unit asks for to the days on which it works (XC-02)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from shared.rules import Invalid
from shared.working_time import Calendar, CalendarFault

YEARS_AROUND = 1


class CalendarInvalid(Invalid):
    """A calendar that cannot work; ``errors`` names the place of the fault."""

    code = "calendar_invalid"


@dataclass(frozen=True)
class CalendarPlan:
    """What a unit asks for: weekly windows, the nation whose holidays hold, and days of its own.

    ``week``, ``holidays`` and ``workdays`` have the plain form of ``Calendar.to_data``. A day of
    its own wins over the nation's table.
    """

    zone: str
    week: Mapping[str, Sequence[Sequence[str]]]
    national: str | None
    holidays: Mapping[str, str]
    workdays: Mapping[str, Sequence[Sequence[str]] | None]

    def to_data(self) -> dict[str, Any]:
        """The plan as plain data, as the API shows it and the row keeps it."""
        return {
            "zone": self.zone,
            "week": dict(self.week),
            "national": self.national,
            "holidays": dict(self.holidays),
            "workdays": dict(self.workdays),
        }


@dataclass(frozen=True)
class NationalDays:
    """Days off and make-up working days of a nation, and the years whose table is known."""

    holidays: Mapping[date, str]
    workdays: frozenset[date]
    published: frozenset[int]


def years_around(now: datetime) -> range:
    """The years that a calendar is laid out for: the present one and its neighbours, in UTC."""
    year = now.astimezone(UTC).year
    return range(year - YEARS_AROUND, year + YEARS_AROUND + 1)


def resolve(plan: CalendarPlan, national: NationalDays) -> Calendar:
    """The calendar that ``plan`` means. Raises CalendarInvalid with the path of the fault."""
    holidays = {day.isoformat(): name for day, name in national.holidays.items()}
    workdays: dict[str, Any] = {day.isoformat(): None for day in national.workdays}
    try:
        return Calendar.from_data(
            {
                "zone": plan.zone,
                "week": dict(plan.week),
                "holidays": _without(holidays, plan.workdays) | dict(plan.holidays),
                "workdays": _without(workdays, plan.holidays) | dict(plan.workdays),
                "published": sorted(national.published),
            }
        )
    except CalendarFault as fault:
        raise CalendarInvalid(str(fault), errors={fault.path: [fault.why]}) from fault


def next_renewal(now: datetime, zone: str) -> datetime:
    """When the days are laid out anew: at the start of the next month, local time, returned in UTC.

    A month is short enough to meet a table of holidays that arrived with an update, and to move on
    with the years.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    return datetime.combine(following, time(), ZoneInfo(zone)).astimezone(UTC)


def _without(days: dict[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {day: value for day, value in days.items() if day not in other}
