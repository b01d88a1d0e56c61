"""What is decent to say when, and how often, whatever it is about (CM-18)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from notify.domain.messages import Purpose, Urgency

MOST_DAYS = 60  # So many days are looked at for a moment that is not quiet.
MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)


class Recipient(StrEnum):
    """By whom packs tell recipients apart."""

    STAFF = "staff"
    CUSTOMER = "customer"


class Guard(StrEnum):
    """Why something must not be said to a customer or a contact."""

    BARRED = "barred"  # a blacklist bars the customer
    EXITED = "exited"  # he left the customer base of the unit
    OPTED_OUT = "opted_out"  # the contact does not want it


class TooLate(StrEnum):
    """What is done with what would not be worth saying any more at the next decent moment."""

    SUPPRESS = "suppress"
    SAY = "say"  # at once, although it is quiet


class Over(StrEnum):
    """What is done with what goes beyond a cap."""

    WAIT = "wait"  # for the next day
    SUPPRESS = "suppress"


@dataclass(frozen=True, kw_only=True)
class GuardRule:
    """What a guard stops; what serves work that goes on is said all the same."""

    purposes: tuple[Purpose, ...]


@dataclass(frozen=True, kw_only=True)
class QuietRule:
    """When nothing is said that can wait: from ``starts`` until before ``ends`` by the clock of the
    recipient, over midnight where ``starts`` is the later one; never where there are none. With
    ``rest_days`` on no day off of the calendar of the unit either. What is as urgent as
    ``breaks_through`` says is said all the same.
    """

    starts: time | None
    ends: time | None
    rest_days: bool
    breaks_through: tuple[Urgency, ...]
    too_late: TooLate

    def is_quiet(self, at: datetime, zone: ZoneInfo, rests: Callable[[date], bool]) -> bool:
        """Whether it is quiet at an instant; ``rests`` says whether a local day is off."""
        local = at.astimezone(zone)
        if self.rest_days and rests(local.date()):
            return True
        if self.starts is None or self.ends is None:
            return False
        clock = local.time()
        if self.starts <= self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends

    def next_decent(
        self, at: datetime, zone: ZoneInfo, rests: Callable[[date], bool]
    ) -> datetime | None:
        """The first instant (UTC) from ``at`` on at which it is not quiet; None when there is none
        within MOST_DAYS."""
        at = at.astimezone(UTC)
        if not self.is_quiet(at, zone, rests):
            return at
        today = at.astimezone(zone).date()
        for number in range(MOST_DAYS):
            for moment in self._moments(today + number * ONE_DAY, zone):
                if moment > at and not self.is_quiet(moment, zone, rests):
                    return moment
        return None

    def _moments(self, day: date, zone: ZoneInfo) -> list[datetime]:
        """The instants of a local day at which quiet may end, in order."""
        edges = (time.min, self.ends) if self.ends is not None else (time.min,)
        return sorted({moment for edge in edges for moment in instants(day, edge, zone)})


def instants(day: date, clock: time, zone: ZoneInfo) -> Iterator[datetime]:
    """The instants (UTC) at which a clock in ``zone`` comes to a time of a day: two where it is set
    back over it. Where it is set forward over it, that at which it passes it."""
    first, second = (
        datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    if first <= second:
        yield from {first, second}
        return
    wanted = datetime.combine(day, clock)
    passed = second
    while passed.astimezone(zone).replace(tzinfo=None) < wanted:
        passed += MINUTE
    yield passed


@dataclass(frozen=True, kw_only=True)
class CapRule:
    """``most`` messages of these purposes, counted together, for one person on one day of his."""

    purposes: tuple[Purpose, ...]
    most: int
    over: Over


def local_day(at: datetime, zone: str) -> date:
    """The day of an instant by the clock of a recipient."""
    return at.astimezone(ZoneInfo(zone)).date()


def next_day(at: datetime, zone: str) -> datetime:
    """The instant (UTC) at which the next day of a recipient begins."""
    return min(instants(local_day(at, zone) + ONE_DAY, time.min, ZoneInfo(zone)))
