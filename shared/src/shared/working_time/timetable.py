"""The windows of a calendar laid out in UTC, so that counting is a search and not a walk."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import accumulate
from threading import Lock
from typing import NamedTuple, Protocol

from shared.working_time.window import DAY, MIDNIGHT, Window, instant_of

NOTHING = timedelta(0)
FIRST_DAY = date(1970, 1, 1).toordinal()
LAST_DAY = date(2199, 12, 31).toordinal()

# Days laid out at a time: a deadline mostly ends in the same block, which takes a millisecond.
BLOCK = 64


class Plan(Protocol):
    """As much of a calendar as its timetable needs to know."""

    @property
    def timezone(self) -> tzinfo: ...

    def windows_on(self, day: date) -> tuple[Window, ...]: ...


class Day(NamedTuple):
    """A local day: the instant at which it ends and the spans of its windows, in UTC."""

    date: date
    ends: datetime
    spans: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The windows of the days from ordinal `first` to `last` as parallel lists, in order.

    Window n opens at `opens[n]`, lasts `lengths[n]`, belongs to a day of the year `years[n]`, and
    `before[n]` and `after[n]` are the open time of the table up to its opening and its closing.
    Window 0 has no length: it stands for what lies before the first real one. `working` holds the
    ordinals of the days that have windows.
    """

    first: int
    last: int
    begins: datetime
    ends: datetime
    opens: list[datetime]
    lengths: list[timedelta]
    before: list[timedelta]
    after: list[timedelta]
    years: list[int]
    working: list[int]

    def last_opened(self, moment: datetime) -> int:
        """Return the number of the last window that opens at `moment` (UTC) or before."""
        return bisect_right(self.opens, moment) - 1

    def worked(self, moment: datetime) -> timedelta:
        """Return the open time of the table up to `moment` (UTC)."""
        here = self.last_opened(moment)
        return self.before[here] + min(moment - self.opens[here], self.lengths[here])


class Timetable:
    """The tables of one calendar, made block by block as they are needed; safe for threads.

    A table never changes once it is made: threads read whichever is newest, and only making the
    next one is guarded.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lock = Lock()
        self._days: dict[date, Day] = {}
        self._table: Table | None = None

    def at(self, moment: datetime) -> Table:
        """Return a table in which `moment` (UTC) lies, and the windows it may still be in."""
        table = self._table
        if table is not None and table.begins <= moment < table.ends:
            return table
        return self.grow(moment.astimezone(self._plan.timezone).toordinal())

    def day(self, day: date) -> Day:
        """Return the windows of one local day as instants."""
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = self._lay_out(day)
        return found

    def grow(self, ordinal: int) -> Table:
        """Return a table that holds a day; raise ValueError when it is too far away to count."""
        if not FIRST_DAY <= ordinal <= LAST_DAY:
            raise ValueError("working time is counted from 1970 to 2199")
        start = ordinal - ordinal % BLOCK
        with self._lock:
            known = self._table
            if known is None:
                known = self._table = self._table_of(start, start + BLOCK - 1)
            elif not known.first <= ordinal <= known.last:
                first, last = min(start, known.first), max(start + BLOCK - 1, known.last)
                known = self._table = self._table_of(first, last)
            return known

    def _table_of(self, first: int, last: int) -> Table:
        days = list(self._days_of(first, last))
        begins = days[0].ends
        spans = [(begins - 2 * DAY, begins - 2 * DAY, 0)]
        for day in days:
            spans += [(opens, ends, day.date.year) for opens, ends in day.spans if opens < ends]
        lengths = [ends - opens for opens, ends, _ in spans]
        after = list(accumulate(lengths))
        return Table(
            first=first,
            last=last,
            begins=begins,
            ends=days[-1].ends,
            opens=[opens for opens, _, _ in spans],
            lengths=lengths,
            before=[NOTHING, *after[:-1]],
            after=after,
            years=[year for _, _, year in spans],
            working=[day.date.toordinal() for day in days if day.spans],
        )

    def _days_of(self, first: int, last: int) -> Iterator[Day]:
        """Yield the days, after the eve whose windows may run into the first of them."""
        for ordinal in range(first - 1, last + 1):
            yield self.day(date.fromordinal(ordinal))

    def _lay_out(self, day: date) -> Day:
        zone = self._plan.timezone
        spans = tuple(window.span(day, zone) for window in self._plan.windows_on(day))
        return Day(date=day, ends=instant_of(day + DAY, MIDNIGHT, zone), spans=spans)


def utc(moment: datetime) -> datetime:
    """Return an aware datetime in UTC; raise ValueError for a naive one."""
    if moment.tzinfo is UTC:
        return moment
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC)
