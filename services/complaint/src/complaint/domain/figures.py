"""The numbers of a weekly report, worked out of counts (RP-01, RP-02, RP-09, RP-13).

timeliness: complaints first contacted in time, of all whose first contact was due. solution: closed
with an answer that was accepted, of all that were closed or escalated. satisfaction: the mean of
the answers, each normalised to 0..100. A rate of nothing is None.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from statistics import median
from typing import Any

DIMENSIONS = ("level", "complainant", "channel", "about", "department", "cause", "handler")
NOT_STATED = "not_stated"
FIRST_CONTACT = "first_contact"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Cell:
    """How many complaints that are alike in every dimension came, were closed and are open."""

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
class Recurrence:
    """What was complained of again and again."""

    about: str
    department: str | None
    complaints: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What was counted. ``happened`` are breaches, escalations, meetings, and progress contacts
    that were overdue."""

    cells: Sequence[Cell]
    clocks: Sequence[TimedClock]
    answers: Sequence[Answers]
    outcome: Outcome
    solved: Sequence[Solved]
    happened: dict[str, int]
    repeats: int
    recurrences: Sequence[Recurrence]


def figures(counts: Counts) -> dict[str, Any]:
    """The numbers of a report, in an order that is always the same."""
    return {
        "totals": {**_sums(counts.cells), **counts.happened, "repeats": counts.repeats},
        "by": {name: _by(counts.cells, at) for at, name in enumerate(DIMENSIONS)},
        "clocks": {one.name: _timed(one) for one in counts.clocks},
        "satisfaction": [asdict(one) for one in counts.answers],
        "rates": _rates(counts),
        "solution_hours": _solution(counts.solved),
        "recurrences": [
            {**asdict(one), "department": one.department or NOT_STATED}
            for one in counts.recurrences
        ],
    }


def _sums(cells: Iterable[Cell]) -> dict[str, int]:
    sums = {"received": 0, "closed": 0, "open": 0}
    for cell in cells:
        for name in sums:
            sums[name] += getattr(cell, name)
    return sums


def _by(cells: Iterable[Cell], at: int) -> dict[str, dict[str, int]]:
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        said = cell.alike[at]
        groups.setdefault(NOT_STATED if said in (None, "") else str(said), []).append(cell)
    return {name: _sums(groups[name]) for name in sorted(groups)}


def _timed(one: TimedClock) -> dict[str, Any]:
    return {**_rate(one.on_time, one.due), "missed_hard": one.missed_hard}


def _rates(counts: Counts) -> dict[str, dict[str, Any]]:
    first = next((one for one in counts.clocks if one.name == FIRST_CONTACT), None)
    given = sum(one.answers for one in counts.answers)
    worth = sum(one.normalised * one.answers for one in counts.answers)
    return {
        "timeliness": _rate(first.on_time if first else 0, first.due if first else 0),
        "solution": _rate(counts.outcome.accepted, counts.outcome.ended),
        "satisfaction": _rate(worth, given),
    }


def _rate(part: int, whole: int) -> dict[str, Any]:
    return {"part": part, "whole": whole, "rate": round(part / whole, 4) if whole else None}


def _solution(solved: Iterable[Solved]) -> dict[str, dict[str, Any]]:
    hours: dict[str, list[float]] = {}
    for one in solved:
        hours.setdefault(str(one.level), []).append(one.took / HOUR)
    return {
        level: {
            "closed": len(took),
            "mean": round(sum(took) / len(took), 2),
            "median": round(median(took), 2),
            "longest": round(max(took), 2),
        }
        for level, took in sorted(hours.items())
    }
