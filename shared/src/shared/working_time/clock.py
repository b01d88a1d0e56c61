"""The deadline of a subject, folded from the events that moved its clock.

Nothing counted is stored: when the calendar, the target or a fact changes, the same events are
folded again and the deadline is right again. A stretch in which the clock stood still moves the
deadline by the open time it lasted, and never a deadline that had passed before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from shared.working_time.calendar import Calendar
from shared.working_time.clock_events import (
    ClockEvent,
    Paused,
    Reopened,
    ReopenPolicy,
    Resumed,
    Started,
    Stopped,
)
from shared.working_time.counting import Due, add, elapsed
from shared.working_time.explanation import Interval, explain
from shared.working_time.timetable import NOTHING, utc
from shared.working_time.working_days import WorkingDays, due_of


class ClockFault(ValueError):
    """Events that no clock can have gone through, such as a pause before the start."""


class ClockState(NamedTuple):
    """What the events come to.

    `due` is None before the start and while a pause keeps it open; once reached it stays, and a
    stopped clock keeps the one it was measured by. `counted` is the open time that ran, and
    `intervals` every stretch since the first start; what counts in them adds up to `counted`.
    """

    due: Due | None
    counted: timedelta
    running: bool
    intervals: list[Interval]


class Phase(StrEnum):
    """Where a clock stands."""

    UNSTARTED = "unstarted"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


MOVES: dict[tuple[Phase, type[ClockEvent]], Phase] = {
    (Phase.UNSTARTED, Started): Phase.RUNNING,
    (Phase.RUNNING, Paused): Phase.PAUSED,
    (Phase.RUNNING, Stopped): Phase.STOPPED,
    (Phase.PAUSED, Resumed): Phase.RUNNING,
    (Phase.PAUSED, Stopped): Phase.STOPPED,
    (Phase.STOPPED, Reopened): Phase.RUNNING,
}


def fold(
    calendar: Calendar,
    events: Iterable[ClockEvent],
    target: timedelta | WorkingDays,
    *,
    until: datetime | None = None,
) -> ClockState:
    """Return the state of the clock after `events`, counted up to the last of them.

    `until` carries a clock on beyond its last event: give now for what has counted so far, or the
    due instant for the whole way to it. Raises ClockFault when the events, or `until`, are not in
    order, and ValueError for a naive time.
    """
    course = _Course(calendar, target)
    for event in events:
        course.take(event)
    if until is not None:
        course.reach(utc(until))
    return ClockState(course.visible_due(), course.counted, course.running, course.intervals)


@dataclass
class _Course:
    """The fold under way. `held_at` is when the clock stood still, None while it runs."""

    calendar: Calendar
    target: timedelta | WorkingDays
    phase: Phase = Phase.UNSTARTED
    latest: datetime | None = None
    held_at: datetime | None = None
    waiting: bool = False
    reason: str = ""
    due: Due | None = None
    counted: timedelta = NOTHING
    intervals: list[Interval] = field(default_factory=list)

    @property
    def running(self) -> bool:
        return self.phase is Phase.RUNNING

    def take(self, event: ClockEvent) -> None:
        phase = MOVES.get((self.phase, type(event)))
        if phase is None:
            raise ClockFault(f"{type(event).__name__} at {event.at}: the clock is {self.phase}")
        at = utc(event.at)
        self.reach(at)
        match event:
            case Started():
                self.due = due_of(self.calendar, at, self.target)
            case Paused(reason=reason):
                self.held_at, self.waiting, self.reason = at, True, f"paused: {reason}"
            case Stopped():
                self.held_at, self.reason = self.held_at or at, "stopped"
            case Resumed() | Reopened(policy=ReopenPolicy.CONTINUE):
                self._go_on(at)
            case Reopened(policy=ReopenPolicy.RESTART):
                self._restart(at)
        self.phase = phase

    def reach(self, at: datetime) -> None:
        """Lay out the stretch since the last instant that was reached."""
        since, self.latest = self.latest or at, at
        if at < since:
            raise ClockFault(f"{at} comes after {since}")
        if self.running:
            self.counted += elapsed(self.calendar, since, at)
            self.intervals += explain(self.calendar, since, at)
        elif since < at:
            self.intervals.append(Interval(since, at, False, self.reason))

    def visible_due(self) -> Due | None:
        if self.waiting and self._due_lies_ahead():
            return None
        return self.due

    def _due_lies_ahead(self) -> bool:
        return bool(self.due and self.held_at and self.held_at < self.due.at)

    def _go_on(self, at: datetime) -> None:
        if self.due and self.held_at and self._due_lies_ahead():
            self.due = self._moved(self.due, self.held_at, at)
        self.held_at, self.waiting = None, False

    def _moved(self, due: Due, held: datetime, at: datetime) -> Due:
        """Move the due instant by the open time of the stretch in which the clock stood still."""
        lost = elapsed(self.calendar, held, at)
        if not lost:
            return due
        moved = add(self.calendar, due.at, lost)
        return Due(moved.at, due.provisional or moved.provisional)

    def _restart(self, at: datetime) -> None:
        self.held_at, self.waiting, self.counted = None, False, NOTHING
        self.due = due_of(self.calendar, at, self.target)
        if self.intervals:
            begun = self.intervals[0].start
            self.intervals = [Interval(begun, at, False, "before restart")]
