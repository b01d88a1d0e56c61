"""Every stretch of time with the reason why it counted or did not."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from shared.working_time.calendar import Calendar
from shared.working_time.timetable import utc
from shared.working_time.window import DAY


class Interval(NamedTuple):
    """A stretch from `start` up to but without `end` (UTC), and why it counts or does not."""

    start: datetime
    end: datetime
    counts: bool
    reason: str


def explain(calendar: Calendar, start: datetime, end: datetime) -> list[Interval]:
    """Return the stretches from `start` to `end` in order and without a gap.

    Reasons are "open", "open (make-up working day)", "break" between two windows of a day,
    "closed" before the first and after the last, "weekend", "day off" and "holiday: <name>". What
    counts adds up to `elapsed`. Raises ValueError when `end` is before `start`.
    """
    first, last = utc(start), utc(end)
    if last < first:
        raise ValueError(f"{end} is before {start}")
    told: list[Interval] = []
    for piece in _pieces(calendar, first, last):
        if told and told[-1][2:] == piece[2:]:
            told[-1] = told[-1]._replace(end=piece.end)
        else:
            told.append(piece)
    return told


def _pieces(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Interval]:
    """Yield what lies from `start` to `end`, beginning with what runs over from the day before."""
    told = start
    day = start.astimezone(calendar.timezone).date() - DAY
    while told < end:
        for until, counts, reason in _course(calendar, day):
            if told < until and told < end:
                yield Interval(told, min(until, end), counts, reason)
                told = until
        day += DAY


def _course(calendar: Calendar, day: date) -> Iterator[tuple[datetime, bool, str]]:
    """Yield the course of a local day: until when, whether it counts, and why."""
    laid_out = calendar.timetable.day(day)
    if not laid_out.spans:
        yield laid_out.ends, False, calendar.off_reason(day)
        return
    shut, open_reason = "closed", calendar.open_reason(day)
    for opens, closes in laid_out.spans:
        yield opens, False, shut
        yield closes, True, open_reason
        shut = "break"
    yield laid_out.ends, False, "closed"
