"""What is counted for a weekly report, before the numbers are worked out of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

# What complaints are counted by, and cases of the other kinds.
DIMENSIONS = ("level", "complainant", "channel", "about", "department", "cause", "handler")
FLOW_DIMENSIONS: Mapping[str, Sequence[str]] = {
    "problem": ("type", "source", "level", "channel"),
    "request": ("channel",),
    "feedback": ("topic", "channel"),
}
NOT_STATED = "not_stated"
STATED = "stated"  # In words, without a code.


@dataclass(frozen=True)
class Cell:
    """How many cases that are alike in every dimension came, were closed and are open."""

    alike: tuple[str | int | None, ...]
    received: int
    closed: int
    open: int


@dataclass(frozen=True)
class TimedClock:
    """How many clocks of a name were due, how many of them were stopped in time, and how many of
    those that were not had a hard rule."""

    name: str
    due: int
    on_time: int
    missed_hard: int


@dataclass(frozen=True)
class Answers:
    """How often one answer of a scale was given."""

    scale: str
    answer: int
    normalised: int
    answers: int


@dataclass(frozen=True)
class Outcome:
    """How many were closed or escalated, and how many of these closed with an accepted answer."""

    ended: int
    accepted: int


@dataclass(frozen=True)
class Solved:
    """How long a complaint of a level took from its receipt to the archive."""

    level: int
    took: timedelta


@dataclass(frozen=True)
class Wait:
    """How long a case of a kind waited for what ended a stage of it."""

    kind: str
    stage: str
    took: timedelta


@dataclass(frozen=True)
class PenaltyStep:
    """How often a step was taken with penalties of a code, each of that amount, in CNY."""

    code: str
    step: str
    amount: Decimal | None
    penalties: int


@dataclass(frozen=True)
class Recurrence:
    """What was complained of again and again."""

    about: str
    department: str | None
    complaints: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What was counted. ``happened`` are breaches, escalations, meetings, and progress contacts
    that were overdue; ``flows`` are the cases of other kinds, alike in what ``FLOW_DIMENSIONS``
    names, and ``times`` how long cases of each kind took from their receipt to the solution."""

    cells: Sequence[Cell]
    clocks: Sequence[TimedClock]
    answers: Sequence[Answers]
    outcome: Outcome
    solved: Sequence[Solved]
    happened: dict[str, int]
    repeats: int
    recurrences: Sequence[Recurrence]
    flows: Mapping[str, Sequence[Cell]]
    times: Iterable[Wait]
    waits: Iterable[Wait]
    penalties: Sequence[PenaltyStep]
