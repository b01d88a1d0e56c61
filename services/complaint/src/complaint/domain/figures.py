"""The numbers of a weekly report, worked out of counts (RP-01, RP-02, RP-09, RP-13, PT-18, PT-24,
PT-28, RP-15).

timeliness: complaints first contacted in time, of all whose first contact was due. solution: closed
with an answer that was accepted, of all that were closed or escalated. satisfaction: the mean of
the answers, each normalised to 0..100. A rate of nothing is None. Hours are those of the clock on
the wall; the 90th percentile is the least that nine of ten do not exceed.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from math import ceil
from statistics import median
from typing import Any

from complaint.domain.counts import (
    DIMENSIONS,
    FLOW_DIMENSIONS,
    NOT_STATED,
    Cell,
    Counts,
    PenaltyStep,
    TimedClock,
    Wait,
)

FIRST_CONTACT = "first_contact"
HOUR = timedelta(hours=1)
CONFIRMED = "confirmed"


def figures(counts: Counts) -> dict[str, Any]:
    """The numbers of a report, in an order that is always the same."""
    return {
        "totals": {**_sums(counts.cells), **counts.happened, "repeats": counts.repeats},
        "by": _by_each(DIMENSIONS, counts.cells),
        "flows": {
            kind: {**_sums(cells), "by": _by_each(FLOW_DIMENSIONS[kind], cells)}
            for kind, cells in sorted(counts.flows.items())
        },
        "clocks": {one.name: _timed(one) for one in counts.clocks},
        "satisfaction": [asdict(one) for one in counts.answers],
        "rates": _rates(counts),
        "solution_hours": {
            level: _hours(took)
            for level, took in _grouped((str(one.level), one.took) for one in counts.solved)
        },
        "times": {
            kind: _hours(took)
            for kind, took in _grouped((one.kind, one.took) for one in counts.times)
        },
        "waits": _waits(counts.waits),
        "penalties": _penalties(counts.penalties),
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


def _by_each(names: Sequence[str], cells: Sequence[Cell]) -> dict[str, dict[str, dict[str, int]]]:
    return {name: _by(cells, at) for at, name in enumerate(names)}


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


def _grouped(said: Iterable[tuple[str, timedelta]]) -> list[tuple[str, "array[float]"]]:
    """The hours by name; eight bytes for each, however many there are."""
    hours: dict[str, array[float]] = {}
    for name, took in said:
        hours.setdefault(name, array("d")).append(took / HOUR)
    return sorted(hours.items())


def _hours(took: Sequence[float]) -> dict[str, Any]:
    ranked = sorted(took)
    return {
        "cases": len(ranked),
        "mean": round(sum(ranked) / len(ranked), 2),
        "median": round(median(ranked), 2),
        "p90": round(ranked[ceil(0.9 * len(ranked)) - 1], 2),
        "longest": round(ranked[-1], 2),
    }


def _waits(waits: Iterable[Wait]) -> dict[str, dict[str, Any]]:
    """By kind: how long each stage took that ended, and in which stage most time was spent."""
    kinds: dict[str, dict[str, array[float]]] = {}
    for one in waits:
        stages = kinds.setdefault(one.kind, {})
        stages.setdefault(one.stage, array("d")).append(one.took / HOUR)
    return {
        kind: {
            "stages": {stage: _hours(took) for stage, took in sorted(stages.items())},
            "bottleneck": max(sorted(stages), key=lambda stage: sum(stages[stage])),
        }
        for kind, stages in sorted(kinds.items())
    }


def _penalties(steps: Iterable[PenaltyStep]) -> dict[str, dict[str, Any]]:
    """By code: how often each step was taken, and what was confirmed in sum, in CNY."""
    codes: dict[str, dict[str, Any]] = {}
    for one in steps:
        told = codes.setdefault(one.code, {"amount": Decimal(0)})
        told[one.step] = told.get(one.step, 0) + one.penalties
        if one.step == CONFIRMED and one.amount is not None:
            told["amount"] += one.amount * one.penalties
    return {
        code: {**{step: told[step] for step in sorted(told)}, "amount": str(told["amount"])}
        for code, told in sorted(codes.items())
    }
