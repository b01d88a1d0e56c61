"""Weeks of ISO 8601, from Monday 00:00 of a zone to the next one."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from shared.rules import Invalid

WRITTEN = re.compile(r"([0-9]{4})-W([0-9]{2})")
WEEK = timedelta(days=7)


class WeekInvalid(Invalid):
    """There is no such week, or it has not begun."""

    code = "week_invalid"


@dataclass(frozen=True, order=True)
class IsoWeek:
    """A week of an ISO year, which may hold days of the calendar year before or after."""

    year: int
    week: int

    @classmethod
    def read(cls, written: str) -> "IsoWeek":
        """``2026-W07``. Raises WeekInvalid for what is no week."""
        found = WRITTEN.fullmatch(written)
        try:
            if found:
                return cls.of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        except (ValueError, OverflowError):
            pass
        raise WeekInvalid("There is no such week.", errors={"week": ["Like 2026-W07."]})

    @classmethod
    def of(cls, day: date) -> "IsoWeek":
        """The week of a day."""
        return cls(*day.isocalendar()[:2])

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.week:02d}"

    def begin(self, zone: tzinfo) -> datetime:
        """When it begins where that zone is."""
        return datetime.combine(date.fromisocalendar(self.year, self.week, 1), time(0), zone)

    def end(self, zone: tzinfo) -> datetime:
        """When the next one begins there."""
        return self.begin(zone) + WEEK
