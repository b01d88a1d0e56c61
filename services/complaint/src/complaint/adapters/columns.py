"""Column types for values of the domain that a database does not know."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from complaint.domain.clock_rules import ClockRule, OnChange, Reopening, TimeUnit
from complaint.domain.deadlines import Rules
from complaint.domain.handling_records import HandlingStage, ProcessStep
from complaint.domain.levels import Reason, Suggestion
from complaint.domain.pauses import PauseReason
from shared.columns import AsJson
from shared.envelope import plain
from shared.rules import Because, Ruling
from shared.working_time import (
    ClockEvent,
    CountMode,
    Paused,
    Reopened,
    ReopenPolicy,
    Resumed,
    Started,
    Stopped,
)


def _suggestion(data: Mapping[str, Any]) -> Suggestion:
    reasons = (
        Reason(one["level"], one["reason"], Because.from_data(one["because"]))
        for one in data["reasons"]
    )
    return Suggestion(data["level"], tuple(reasons))


def _rules(data: list[dict[str, Any]]) -> Rules:
    return tuple(Ruling(_rule(one["value"]), Because.from_data(one["because"])) for one in data)


def _rule(data: Mapping[str, Any]) -> ClockRule:
    read = {
        "unit": TimeUnit(data["unit"]),
        "count_mode": CountMode(data["count_mode"]),
        "pauses": frozenset(map(PauseReason, data["pauses"])),
        "reopening": Reopening(data["reopening"]),
        "on_change": OnChange(data["on_change"]),
        "until": datetime.fromisoformat(data["until"]) if data.get("until") else None,
    }
    return ClockRule(**{**data, **read})


def _written_rules(rules: Rules) -> list[dict[str, Any]]:
    return [
        {
            "value": plain({**vars(one.value), "pauses": sorted(one.value.pauses)}),
            "because": one.because.to_data(),
        }
        for one in rules
    ]


PLAIN: dict[str, type[Started | Resumed | Stopped]] = {
    "started": Started,
    "resumed": Resumed,
    "stopped": Stopped,
}
NAMES: dict[type[ClockEvent], str] = {
    **{kind: name for name, kind in PLAIN.items()},
    Paused: "paused",
    Reopened: "reopened",
}


def _clock_events(data: list[dict[str, Any]]) -> tuple[ClockEvent, ...]:
    return tuple(_clock_event(**one) for one in data)


def _clock_event(kind: str, at: str, **more: str) -> ClockEvent:
    moment = datetime.fromisoformat(at)
    match kind:
        case "reopened":
            return Reopened(moment, ReopenPolicy(more["policy"]))
        case "paused":
            return Paused(moment, more["reason"])
        case _:
            return PLAIN[kind](moment)


def _written_events(events: tuple[ClockEvent, ...]) -> list[dict[str, Any]]:
    return [{"kind": NAMES[type(one)], **plain(vars(one))} for one in events]


def _persons(data: list[str]) -> tuple[UUID, ...]:
    return tuple(map(UUID, data))


def _process_steps(data: list[dict[str, Any]]) -> tuple[ProcessStep, ...]:
    return tuple(ProcessStep(HandlingStage(one["step"]), one["hours"]) for one in data)


def _written_steps(steps: tuple[ProcessStep, ...]) -> list[dict[str, Any]]:
    return [{"step": one.step.value, "hours": one.hours} for one in steps]


SuggestionColumn = AsJson(_suggestion)
RulesColumn = AsJson(_rules, write=_written_rules)
TextsColumn = AsJson(tuple[str, ...])
PersonsColumn = AsJson(_persons, write=lambda ids: [str(one) for one in ids])
ProcessStepsColumn = AsJson(_process_steps, write=_written_steps)
ClockEventsColumn = AsJson(_clock_events, write=_written_events)
