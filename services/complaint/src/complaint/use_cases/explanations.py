"""Why something is due when it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from complaint.domain.cases import Case
from complaint.domain.clocks import Clock
from complaint.domain.deadlines import Deadline
from shared.org_units import calendar_of
from shared.rules import Because, NotFound
from shared.working_time import Interval


@dataclass(frozen=True)
class HeldRule:
    """A rule that holds for a clock, and when its time is up."""

    within: int
    unit: str
    hard: bool
    due_at: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The way of a clock from its start to its due time; the intervals leave no gap.

    ``target`` is None where whole working days are counted, or the due time was agreed upon; else
    what counts adds up to it.
    """

    clock: Clock
    rules: list[HeldRule]
    target: timedelta | None
    counted: timedelta
    intervals: list[Interval]


def explanation(session: Session, case: Case, name: str) -> Explanation:
    """Why the last clock of that name is due when it is (CP-17, K-05, K-21). Raises NotFound."""
    clock = case.timed.get(name)
    if clock is None:
        raise NotFound("There is no such clock.")
    calendar = calendar_of(session, case.unit)
    course = clock.course(calendar=calendar)
    rule = clock.driving.value
    target = None if rule.until else rule.target
    return Explanation(
        clock=clock,
        rules=[_held(clock, one) for one in clock.deadlines(calendar=calendar)],
        target=target if isinstance(target, timedelta) else None,
        counted=course.counted,
        intervals=course.intervals,
    )


def _held(clock: Clock, deadline: Deadline) -> HeldRule:
    rule = clock.rules[deadline.rule]
    value = rule.value
    return HeldRule(value.within, value.unit, value.hard, deadline.due_at, rule.because)
