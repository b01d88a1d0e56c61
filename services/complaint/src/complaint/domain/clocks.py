"""The clocks of a case: by when what has to be done, why, and whether it was in time.

A clock is a fold over its events, so a deadline can be worked out anew at any time (K-05). What is
stored besides the events is what is asked for without unfolding them: due times and breaches.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from complaint.domain.clock_rules import ClockRule, ClockUnruled, OnChange, Reopening
from complaint.domain.deadlines import Deadline, Rules, course, driving, ranked, running_since
from complaint.domain.pauses import PauseReason
from shared.rules import Ruling
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
)


class ClockName(StrEnum):
    """What is waited for."""

    FIRST_CONTACT = "first_contact"
    HAND_OVER = "hand_over"
    REPLY = "reply"
    PROGRESS_CONTACT = "progress_contact"
    SATISFACTION = "satisfaction"
    REVIEW = "review"
    DECISION = "decision"
    ARCHIVE = "archive"
    REGISTRATION = "registration"
    PLAN = "plan"
    SOLUTION = "solution"
    CALL_BACK = "call_back"
    CLOSING = "closing"


@dataclass(eq=False, kw_only=True)
class Clock:
    """One clock. ``deadline`` is that of the rule that is due first; ``hard_deadline`` that of the
    first hard rule, where a soft one is due before it, else None (K-05).

    ``round`` counts the clocks of one name from 1. The rules were chosen by ``level`` and by the
    packs of ``ruled_at``. ``held_until`` is when the pause ends in which the clock stands still.
    ``on_time`` is None until it stopped, ``breached_at`` and ``hard_breached_at`` until that
    deadline passed, ``warned_at`` while there is something to warn of.
    """

    id: UUID
    name: ClockName
    round: int
    level: int
    ruled_at: datetime
    rules: Rules
    events: tuple[ClockEvent, ...]
    deadline: Deadline
    hard_deadline: Deadline | None
    held_until: datetime | None = None
    stopped_at: datetime | None = None
    on_time: bool | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    hard_breached_at: datetime | None = None

    @classmethod
    def started(
        cls,
        name: ClockName,
        *,
        id: UUID,
        round: int = 1,
        level: int,
        rules: Sequence[Ruling[ClockRule]],
        calendar: Calendar,
        at: datetime,
        now: datetime,
    ) -> "Clock":
        """A clock that runs from ``at``, which may lie before ``now``.

        Raises ClockUnruled when no rule holds.
        """
        if not rules:
            raise ClockUnruled(f"No rule says by when: {name}.")
        events: tuple[ClockEvent, ...] = (Started(at.astimezone(UTC)),)
        found = ranked(tuple(rules), events, calendar=calendar, held_until=None)
        deadline, hard = driving(found)
        clock = cls(
            id=id,
            name=name,
            round=round,
            level=level,
            ruled_at=at,
            rules=tuple(rules),
            events=events,
            deadline=deadline,
            hard_deadline=hard,
        )
        clock._look_ahead(now)
        return clock

    @property
    def started_at(self) -> datetime:
        """When it began to run first."""
        return self.events[0].at

    @property
    def stretch(self) -> str:
        """Which time that was given it counts: another one once it starts from nothing, the same
        however often it is counted anew."""
        return f"{self.name}/{running_since(self.events).isoformat()}"

    @property
    def is_running(self) -> bool:
        """Whether what it waits for is still awaited; a clock that stands still is running."""
        return self.stopped_at is None

    @property
    def wakes_at(self) -> datetime | None:
        """When something is to be told of it next."""
        if not self.is_running:
            return None
        hard = self.hard_deadline
        ahead = (
            self.deadline.warn_at if self.warned_at is None else None,
            self.deadline.due_at if self.breached_at is None else None,
            hard.due_at if hard and self.hard_breached_at is None else None,
        )
        return min((at for at in ahead if at), default=None)

    @property
    def driving(self) -> Ruling[ClockRule]:
        """The rule that is due first."""
        return self.rules[self.deadline.rule]

    @property
    def reopening(self) -> Reopening:
        """What that rule says of awaiting anew what was done already."""
        return self.driving.value.reopening

    def stop(self, at: datetime) -> None:
        """What it waited for was done; the due instant itself is in time (CP-17)."""
        self._take(Stopped(max(at, self.events[-1].at)))
        self.stopped_at, self.held_until = at, None
        self.on_time = at <= self.deadline.due_at

    def reopen(self, at: datetime, *, rules: Rules, level: int, calendar: Calendar) -> None:
        """What it waited for is awaited again; the clock goes on, or starts from nothing."""
        restart = self.reopening is Reopening.RESTART
        policy = ReopenPolicy.RESTART if restart else ReopenPolicy.CONTINUE
        self._take(Reopened(max(at, self.events[-1].at), policy))
        self.stopped_at = self.on_time = None
        if restart:
            self.breached_at = self.hard_breached_at = None
        self.ruled_at = at
        self.retime(calendar=calendar, now=at, rules=rules, level=level)

    def hold(
        self, at: datetime, *, reason: PauseReason, until: datetime, calendar: Calendar
    ) -> None:
        """Stand still, by the rules that heed the reason, until ``until`` at the latest."""
        self._take(Paused(max(at, self.events[-1].at), reason.value))
        self.held_until = until
        self.retime(calendar=calendar, now=at)

    def release(self, at: datetime, *, calendar: Calendar, now: datetime) -> None:
        """Go on from ``at``."""
        self._take(Resumed(max(at, self.events[-1].at)))
        self.held_until = None
        self.retime(calendar=calendar, now=now)

    def retime(
        self,
        *,
        calendar: Calendar,
        now: datetime,
        rules: Rules | None = None,
        level: int | None = None,
    ) -> None:
        """Work the deadlines out anew, by other rules where some are given."""
        self.rules = rules or self.rules
        self.level = self.level if level is None else level
        self.deadline, self.hard_deadline = driving(self.deadlines(calendar=calendar))
        self._look_ahead(now)

    def warn(self, now: datetime) -> bool:
        """Whether it is time to warn, which is said once, and not once the time is up."""
        warn_at = self.deadline.warn_at
        if self.warned_at or warn_at is None or warn_at > now:
            return False
        self.warned_at = now
        return now < self.deadline.due_at

    def miss(self, now: datetime) -> list[Deadline]:
        """The deadlines that passed and of which nobody was told yet; each is said once."""
        missed = []
        if self.breached_at is None and self.deadline.due_at <= now:
            self.breached_at = now
            missed.append(self.deadline)
        hard = self.hard_deadline
        if hard and self.hard_breached_at is None and hard.due_at <= now:
            self.hard_breached_at = now
            missed.append(hard)
        return missed

    def has_missed(self, *, hard: bool = False) -> bool:
        """Whether a deadline passed, with ``hard`` one of a hard rule, and still is behind."""
        if hard and not self.deadline.hard:
            return self.hard_breached_at is not None
        return self.breached_at is not None or self.hard_breached_at is not None

    def turn_to(self, rules: Rules, *, calendar: Calendar, now: datetime) -> None:
        """Go on by the rules of packs that changed. A rule that keeps running clocks as they are is
        not followed, and where there is no other the present ones stay."""
        moving = tuple(one for one in rules if one.value.on_change is OnChange.RETIME)
        if moving:
            self.ruled_at = now
            self.retime(calendar=calendar, now=now, rules=moving)

    def deadlines(self, *, calendar: Calendar) -> list[Deadline]:
        """When the time of each rule is up, the first one in front (K-05)."""
        return ranked(self.rules, self.events, calendar=calendar, held_until=self.held_until)

    def course(self, *, calendar: Calendar) -> ClockState:
        """The way of the driving rule up to its due time, which the explanation lays out."""
        return course(
            self.events,
            rule=self.driving.value,
            due_at=self.deadline.due_at,
            calendar=calendar,
            held_until=self.held_until,
        )

    def _look_ahead(self, now: datetime) -> None:
        """A breach stays one unless its time is no longer up; the time for a warning that is past
        is missed."""
        if self.deadline.due_at > now:
            self.breached_at = None
        if self.hard_deadline is None or self.hard_deadline.due_at > now:
            self.hard_breached_at = None
        warn_at = self.deadline.warn_at
        self.warned_at = None if warn_at and warn_at > now else self.warned_at or now

    def _take(self, event: ClockEvent) -> None:
        self.events = (*self.events, event)
