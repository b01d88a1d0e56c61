"""When the time of a clock is up, worked out from what happened to it (K-05, K-21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from complaint.domain.clock_rules import ClockRule
from complaint.domain.pauses import PauseReason
from shared.rules import Because, Ruling, given
from shared.working_time import (
    Calendar,
    ClockEvent,
    ClockState,
    Paused,
    Reopened,
    ReopenPolicy,
    Resumed,
    Started,
    Stopped,
    add,
    elapsed,
    fold,
)

Rules = tuple[Ruling[ClockRule], ...]


@dataclass(frozen=True)
class Deadline:
    """When the time of one rule is up. ``rule`` is its place among the rules of the clock.

    ``provisional``: it hangs on a year whose holidays are not published yet. ``warn_at`` is None
    where no time is left for a warning.
    """

    rule: int
    due_at: datetime
    warn_at: datetime | None
    provisional: bool
    hard: bool
    supervisor_tier: int | None
    because: Because


def ranked(
    rules: Rules,
    events: tuple[ClockEvent, ...],
    *,
    calendar: Calendar,
    held_until: datetime | None,
) -> list[Deadline]:
    """The deadline of each rule, what is due first in front, and at the same instant a hard one
    (K-05)."""
    known = awaited(events, held_until=held_until)
    found = (
        _deadline(position, one, known, calendar=calendar, held_until=held_until)
        for position, one in enumerate(rules)
    )
    return sorted(found, key=lambda one: (one.due_at, not one.hard))


def deadline_from(rule: Ruling[ClockRule], at: datetime, *, calendar: Calendar) -> Deadline:
    """When the time of one rule is up that runs from ``at`` without a pause."""
    (found,) = ranked((rule,), (Started(at),), calendar=calendar, held_until=None)
    return found


def driving(found: Sequence[Deadline]) -> tuple[Deadline, Deadline | None]:
    """The first of the ranked deadlines, and that of the first hard rule where it is another."""
    hard = next((one for one in found if one.hard), None)
    return found[0], None if hard is found[0] else hard


def _deadline(
    position: int,
    ruling: Ruling[ClockRule],
    events: Sequence[ClockEvent],
    *,
    calendar: Calendar,
    held_until: datetime | None,
) -> Deadline:
    rule = ruling.value
    counted = rule.calendar(calendar)
    found = fold(counted, _heeded(events, rule), rule.target)
    due = given(found.due, "every pause has an end.")
    due_at = rule.until or due.at
    return Deadline(
        rule=position,
        due_at=due_at,
        warn_at=_warning(counted, running_since(events), due_at, rule, held_until=held_until),
        provisional=due.provisional and rule.until is None,
        hard=rule.hard,
        supervisor_tier=rule.supervisor_tier,
        because=ruling.because,
    )


def awaited(
    events: tuple[ClockEvent, ...], *, held_until: datetime | None
) -> tuple[ClockEvent, ...]:
    """The events with the end that is planned for the pause under way."""
    if held_until is None:
        return events
    return (*events, Resumed(max(held_until, events[-1].at)))


def _heeded(events: Sequence[ClockEvent], rule: ClockRule) -> list[ClockEvent]:
    """The events without the pauses in which ``rule`` does not stand still."""
    heeded: list[ClockEvent] = []
    passed_over = False
    for event in events:
        if isinstance(event, Paused):
            passed_over = PauseReason(event.reason) not in rule.pauses
        if not (passed_over and isinstance(event, Paused | Resumed)):
            heeded.append(event)
        if isinstance(event, Resumed | Stopped):
            passed_over = False
    return heeded


def running_since(events: Sequence[ClockEvent]) -> datetime:
    """When the clock started from nothing last."""
    fresh = [
        one.at
        for one in events
        if isinstance(one, Started)
        or (isinstance(one, Reopened) and one.policy is ReopenPolicy.RESTART)
    ]
    return fresh[-1]


def _warning(
    calendar: Calendar,
    since: datetime,
    due_at: datetime,
    rule: ClockRule,
    *,
    held_until: datetime | None,
) -> datetime | None:
    """When only the hours of the warning are left, and not in the pause under way; None when
    that is so from the start, or no warning is wanted."""
    if not rule.warn_hours:
        return None
    before = elapsed(calendar, since, due_at) - timedelta(hours=rule.warn_hours)
    if before <= timedelta(0):
        return None
    warn_at = add(calendar, since, before).at
    return max(warn_at, held_until) if held_until and held_until < due_at else warn_at


def course(
    events: tuple[ClockEvent, ...],
    *,
    rule: ClockRule,
    due_at: datetime,
    calendar: Calendar,
    held_until: datetime | None,
) -> ClockState:
    """The whole way up to the due time by one rule, with every stretch that counted or did not."""
    known = _heeded(awaited(events, held_until=held_until), rule)
    passed = [one for one in known if one.at <= due_at]
    if isinstance(passed[-1], Stopped):
        passed.pop()
    return fold(rule.calendar(calendar), passed, rule.target, until=due_at)
