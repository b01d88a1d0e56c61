"""A window of a day, and the one rule by which wall clock time becomes an instant."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MIDNIGHT = time(0)


@dataclass(frozen=True, order=True)
class Window:
    """Open from `opens` to `closes` by the wall clock of the calendar, in whole seconds.

    When `closes` is not after `opens` the window runs over midnight and belongs to the day on
    which it opens; 00:00 to 00:00 is a whole day.
    """

    opens: time
    closes: time

    @property
    def over_midnight(self) -> bool:
        return self.closes <= self.opens

    def span(self, day: date, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return the instants (UTC) at which the window of `day` opens and closes."""
        closing_day = day + DAY if self.over_midnight else day
        return instant_of(day, self.opens, zone), instant_of(closing_day, self.closes, zone)


def instant_of(day: date, wall: time, zone: tzinfo) -> datetime:
    """Return the first instant (UTC) at which clocks in `zone` show `wall` on `day`, or later.

    A time shown twice (clocks set back) is thus its first showing, and a time never shown (clocks
    set forward) is the moment of the change. The rule keeps the order of wall clock times, so
    windows that do not overlap on paper never overlap in fact.
    """
    shown = datetime.combine(day, wall, tzinfo=zone)
    first, second = shown.astimezone(UTC), shown.replace(fold=1).astimezone(UTC)
    if first <= second:
        return first
    return _change_between(second, first, zone)


def _change_between(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """Return the moment after `before`, at the latest `after`, when the clocks are set forward."""
    old = before.astimezone(zone).utcoffset()
    low, high = 0, int((after - before) / SECOND)
    while high - low > 1:
        middle = (low + high) // 2
        if (before + middle * SECOND).astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return before + high * SECOND
