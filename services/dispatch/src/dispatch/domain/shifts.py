"""The shifts of a unit, and who works which of them (the end of the shift: WO-17).

A shift is told by the wall clock of the calendar of its unit. A unit without shifts has one: what
its calendar says of the day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from shared.rules import Invalid, RuleBroken
from shared.working_time import Calendar, Window

DAY = timedelta(days=1)
# Two shifts of different zones, both over midnight, meet at most two days apart; what is so for
# each day of a week is so for all weeks.
APART = 2 * DAY
ONE_WEEK = timedelta(days=7)


class ShiftExists(RuleBroken):
    """The unit has a shift of this code at the time."""

    code = "shift_exists"


class ShiftOver(RuleBroken):
    """The shift is not worked for as long as that any more."""

    code = "shift_over"


class RosterOverlap(RuleBroken):
    """Nobody works two shifts at once."""

    code = "roster_overlap"


class NotOfUnit(Invalid):
    """Who works a shift has a post in its unit or below it, and has not left."""

    code = "not_of_unit"


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both with; without a last one it goes on. None of them
    where the last lies before the first: what was called off before it began."""

    first: date
    last: date | None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def holds(self, other: "Period") -> bool:
        """Whether each day of ``other`` is a day of this."""
        return self.first <= other.first and (
            self.last is None or (other.last is not None and other.last <= self.last)
        )


@dataclass(frozen=True)
class Turn:
    """A shift on one day, in UTC; ``code`` and ``shift_id`` are None for the only one of a unit
    that has no shifts."""

    unit: str
    shift_id: UUID | None
    code: str | None
    day: date
    starts_at: datetime
    ends_at: datetime

    def runs(self, at: datetime) -> bool:
        """Whether it has begun and not ended; its end belongs to the next one."""
        return self.starts_at <= at < self.ends_at

    def meets(self, other: "Turn") -> bool:
        """Whether both run at some time."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(eq=False, kw_only=True)
class Shift:
    """``hours`` on each of ``weekdays`` (0 is Monday), by the wall clock of the unit's calendar.

    On the calendar's days off it is worked only ``on_holidays``; on a make-up working day as on
    a usual one, and on a day with hours of its own (a half day) as far as those go.
    """

    id: UUID
    unit: str
    code: str
    name: str
    hours: Window
    weekdays: frozenset[int]
    on_holidays: bool
    first_day: date
    last_day: date | None = None
    version: int = 1

    @property
    def period(self) -> Period:
        """The days from which on and until which there is this shift."""
        return Period(self.first_day, self.last_day)

    def turn(self, day: date, calendar: Calendar) -> Turn | None:
        """The shift on one day; None where it is not worked. Its own hours where it is."""
        if day not in self.period or not self._is_worked(day, calendar):
            return None
        turn = self._turn(day, calendar.timezone)
        special = calendar.workdays.get(day)
        if special is None or self.on_holidays:
            return turn
        opens, closes = _hull(special, day, calendar.timezone)
        starts, ends = max(turn.starts_at, opens), min(turn.ends_at, closes)
        return Turn(self.unit, self.id, self.code, day, starts, ends) if starts < ends else None

    def weekly(self, days: Iterable[date], zone: ZoneInfo) -> Iterator[Turn]:
        """The shift on those of ``days`` that the week alone gives it."""
        for day in days:
            if day in self.period and day.weekday() in self.weekdays:
                yield self._turn(day, zone)

    def _is_worked(self, day: date, calendar: Calendar) -> bool:
        if self.on_holidays:
            return day.weekday() in self.weekdays
        if day in calendar.workdays:
            return day.weekday() in self.weekdays or _usual_day(calendar) in self.weekdays
        return day not in calendar.holidays and day.weekday() in self.weekdays

    def _turn(self, day: date, zone: ZoneInfo) -> Turn:
        return Turn(self.unit, self.id, self.code, day, *self.hours.span(day, zone))


@dataclass(eq=False, kw_only=True)
class RosterEntry:
    """Somebody works a shift on all its days from the first to the last; without a last one it
    goes on. Where the last lies before the first it was called off before it began."""

    id: UUID
    person_id: UUID
    shift_id: UUID
    first_day: date
    last_day: date | None
    version: int = 1

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.last_day)

    def end(self, last_day: date) -> bool:
        """Work it no longer than ``last_day``; True when that is earlier than before."""
        before = self.last_day
        earlier = last_day if before is None else min(before, last_day)
        self.last_day = max(earlier, self.first_day - DAY)
        return self.last_day != before


@dataclass(frozen=True)
class Duty:
    """An entry with its shift, and the zone by whose clock the shift is told."""

    entry: RosterEntry
    shift: Shift
    zone: ZoneInfo

    def turns(self, days: Iterable[date]) -> list[Turn]:
        """What the week makes of it on ``days``."""
        return list(self.shift.weekly((day for day in days if day in self.entry.period), self.zone))


def only_turn(unit: str, day: date, calendar: Calendar) -> Turn | None:
    """The one shift of a unit that has none: from when its calendar opens until it closes."""
    windows = calendar.windows_on(day)
    if not windows:
        return None
    return Turn(unit, None, None, day, *_hull(windows, day, calendar.timezone))


def days_around(at: datetime, zone: ZoneInfo) -> tuple[date, date]:
    """The local days whose shifts may run ``at``: one that began yesterday may go on."""
    today = at.astimezone(zone).date()
    return today - DAY, today


def check_overlap(wanted: Duty, others: Iterable[Duty]) -> None:
    """Refuse what somebody could not work besides what he works already. Raises RosterOverlap."""
    for other in others:
        if _overlap(wanted, other):
            raise RosterOverlap(
                f"the person works the shift {other.shift.code} of {other.shift.unit} then",
                roster_entry_id=str(other.entry.id),
            )


def _overlap(one: Duty, other: Duty) -> bool:
    begin = max(one.entry.first_day, other.entry.first_day) - APART
    end = begin + 2 * APART + ONE_WEEK
    days = [begin + number * DAY for number in range((end - begin).days)]
    return any(mine.meets(his) for mine in one.turns(days) for his in other.turns(days))


def _usual_day(calendar: Calendar) -> int:
    return next(weekday for weekday, windows in calendar.week.items() if windows)


def _hull(windows: Iterable[Window], day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    spans = [window.span(day, zone) for window in windows]
    return min(opens for opens, _ in spans), max(closes for _, closes in spans)
