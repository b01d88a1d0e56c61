"""When the shifts of a unit end, and which end its next daily check is about (WO-17).

The last window of a working day ends it; a break does not. Each end is checked once, whatever
happens to the calendar in between: a unit's round knows up to when all ends are dealt with.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dispatch.domain.shifts import Turn

DAY = timedelta(days=1)
# A shift begins on its day and lasts a day at most, so that one that ends later than another began
# two days later at the latest.
APART = 2
# Where nothing ends within these days nobody works there.
AHEAD = 400
# The code of the one shift of a unit that has no shifts.
WHOLE_DAY = ""

Key = tuple[date, str]


@dataclass(frozen=True, order=True)
class ShiftEnd:
    """The end (UTC) of the shift of a code that began on a local day."""

    ends_at: datetime
    day: date
    shift: str = WHOLE_DAY

    @property
    def key(self) -> Key:
        """What tells it from others of its unit, wherever its end is moved to."""
        return self.day, self.shift


EndsOn = Callable[[date], Iterable[ShiftEnd]]


@dataclass(eq=False, kw_only=True)
class Round:
    """The daily checks of a unit in which orders lie.

    All that ended at ``after`` or before is dealt with. ``pending`` is the end that is checked
    next, as its calendar had it when it was worked out; None while there is no calendar.
    """

    unit: str
    after: datetime
    pending_day: date | None = None
    pending_shift: str | None = None
    pending_ends_at: datetime | None = None

    @property
    def pending(self) -> ShiftEnd | None:
        if self.pending_ends_at is None or self.pending_day is None:
            return None
        return ShiftEnd(self.pending_ends_at, self.pending_day, self.pending_shift or WHOLE_DAY)

    def await_end(self, end: ShiftEnd | None) -> None:
        """Let ``end`` be the one that is checked next."""
        self.pending_day, self.pending_shift = (end.day, end.shift) if end else (None, None)
        self.pending_ends_at = end.ends_at if end else None

    def pass_by(self, now: datetime, zone: ZoneInfo) -> None:
        """When the calendar changes: a day that lies behind and was not worked by the calendar that
        held is not checked after all, since nobody was there."""
        today = now.astimezone(zone).date()
        first = min(today, self.pending_day) if self.pending_day else today
        begins = datetime.combine(first, time(), zone).astimezone(UTC)
        self.after = max(self.after, begins)

    def is_due(self, now: datetime, *, minutes: int) -> bool:
        """Whether the list of the pending end appears at ``now`` or should have before."""
        return self.pending is not None and due_at(self.pending, minutes=minutes) <= now

    def is_checked(self, end: ShiftEnd) -> None:
        """The list of ``end`` was made."""
        self.after = max(self.after, end.ends_at)


def due_at(end: ShiftEnd, *, minutes: int) -> datetime:
    """When the list of a shift appears: so many plain minutes before its end."""
    return end.ends_at - timedelta(minutes=minutes)


def end_of(turn: Turn) -> ShiftEnd:
    """The end of a shift on one day."""
    return ShiftEnd(turn.ends_at, turn.day, turn.code or WHOLE_DAY)


def next_end(
    ends_on: EndsOn, *, after: datetime, zone: ZoneInfo, done: Collection[Key]
) -> ShiftEnd | None:
    """The earliest end later than ``after`` that has no list yet; None where nothing ends in more
    than a year."""
    first = after.astimezone(zone).date() - APART * DAY
    found: list[ShiftEnd] = []
    for number in range(AHEAD):
        day = first + number * DAY
        if found and day > min(found).day + APART * DAY:
            break
        found += [end for end in ends_on(day) if end.ends_at > after and end.key not in done]
    return min(found, default=None)
