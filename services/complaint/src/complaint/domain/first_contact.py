"""The first contact with the complainant: when it is due, and whether it was in time.

Rules CP-02, CP-17, K-05, K-21: the section ``first_contact`` of a pack.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.rules import Because, Invalid, Ruling
from shared.working_time import Calendar, CountMode, Due, WorkingDays, add, due_of, elapsed


class Unit(StrEnum):
    """In what the time for the first contact is counted."""

    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"


@dataclass(frozen=True, kw_only=True)
class FirstContactRule:
    """Within how much working time the complainant has to be contacted.

    A soft rule (``hard`` false) only warns. ``warn_hours`` are working hours before the due time;
    ``supervisor_tier`` is the tier that hears of a breach together with the handler.
    """

    within: int
    unit: Unit
    count_mode: CountMode
    hard: bool
    warn_hours: int
    supervisor_tier: int

    @property
    def target(self) -> timedelta | WorkingDays:
        """The time as working time counts it."""
        if self.unit is Unit.WORKING_HOUR:
            return timedelta(hours=self.within)
        return WorkingDays(self.within, self.count_mode)


@dataclass(frozen=True)
class FirstContact:
    """When the first contact is due and why, and when it was made.

    ``provisional``: the due time hangs on a year whose holidays are not published yet.
    ``warn_at`` is None where no time is left for a warning. ``on_time`` is None until it is made,
    ``breached_at`` until the due time passed without it.
    """

    due_at: datetime
    warn_at: datetime | None
    provisional: bool
    hard: bool
    supervisor_tier: int
    because: Because
    made_at: datetime | None = None
    on_time: bool | None = None
    breached_at: datetime | None = None

    def made(self, at: datetime) -> "FirstContact":
        """The same clock once the contact was made; the due instant itself is in time (CP-17)."""
        return replace(self, made_at=at, on_time=at <= self.due_at)

    def followed_by(self, counted: "FirstContact", *, now: datetime) -> "FirstContact":
        """The same clock counted anew. A breach stays one unless the time is no longer up."""
        breached_at = None if counted.due_at > now else self.breached_at
        return replace(counted, breached_at=breached_at)


def due(
    rules: Sequence[Ruling[FirstContactRule]], *, calendar: Calendar, received_at: datetime
) -> FirstContact:
    """The clock of the rule that is due first; at the same instant a hard rule goes first (K-05).

    Raises FirstContactUnruled when no rule holds.
    """
    if not rules:
        raise FirstContactUnruled("No rule says when the complainant has to be contacted.")
    found = ((due_of(calendar, received_at, rule.value.target), rule) for rule in rules)
    due_, rule = min(found, key=lambda one: (one[0].at, not one[1].value.hard))
    return FirstContact(
        due_at=due_.at,
        warn_at=_warning(calendar, received_at, due_, hours=rule.value.warn_hours),
        provisional=due_.provisional,
        hard=rule.value.hard,
        supervisor_tier=rule.value.supervisor_tier,
        because=rule.because,
    )


class FirstContactUnruled(Invalid):
    """The packs that the unit follows set no time for the first contact."""

    code = "policy_missing"


def _warning(calendar: Calendar, start: datetime, due_: Due, *, hours: int) -> datetime | None:
    """When only ``hours`` working hours are left; None when that is so from the start."""
    before = elapsed(calendar, start, due_.at) - timedelta(hours=hours)
    return add(calendar, start, before).at if before > timedelta(0) else None
