"""Where the timeline of a complaint shows that it was handled as ISO 10002:2004 asks.

A point without evidence in the timeline is missing, unless the service keeps it for every complaint
alike (by_design): there is nothing to show of one of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from complaint.domain import events


@dataclass(frozen=True)
class Point:
    """A guiding principle (clause 4) or a step of the handling (clause 7): the ``kinds`` of entries
    that show it, or why it holds ``by_design``."""

    code: str
    clause: str
    kinds: tuple[str, ...] = ()
    by_design: str | None = None


class Entry(Protocol):
    """One entry of a timeline."""

    @property
    def kind(self) -> str:
        """Type of the event, or code of the note."""

    @property
    def at(self) -> datetime:
        """When it happened."""


@dataclass(frozen=True)
class Evidence:
    """What shows it: when it happened first, and how often."""

    kind: str
    at: datetime
    times: int


@dataclass(frozen=True)
class Finding:
    """What was found of a point. ``status``: evidenced, by_design or missing."""

    code: str
    clause: str
    status: str
    by_design: str | None
    evidence: tuple[Evidence, ...]


FILED = events.ComplaintFiled.type
ASSIGNED = events.ComplaintAssigned.type
CONTACTED = events.FirstContactMade.type
TOLD = events.ProgressTold.type
RESULT = events.ResultTold.type
ANSWERED = events.SatisfactionAnswered.type
ESCALATED = events.ComplaintEscalated.type
REVIEWED = events.ComplaintReviewed.type
DECIDED = events.MeetingDecided.type
CLOSED = events.ComplaintClosed.type
FIELD_WORK = events.FieldWorkRequested.type, events.FieldWorkDone.type

POINTS = (
    Point("visibility", "4.2"),
    Point("accessibility", "4.3", (FILED,)),
    Point("responsiveness", "4.4", (CONTACTED, TOLD)),
    Point("objectivity", "4.5", (REVIEWED, DECIDED)),
    Point("charges", "4.6", by_design="No command asks the complainant for money."),
    Point("confidentiality", "4.7", by_design="Persons are masked; each look is audited."),
    Point("customer_focused_approach", "4.8", (ANSWERED,)),
    Point("accountability", "4.9", (ASSIGNED, events.CaseTakenOver.type)),
    Point("continual_improvement", "4.10"),
    Point("communication", "7.1", (events.MessageReceived.type, TOLD)),
    Point("receipt", "7.2", (FILED,)),
    Point("tracking", "7.3", (ASSIGNED, TOLD)),
    Point("acknowledgement", "7.4", (CONTACTED,)),
    Point("initial_assessment", "7.5", (FILED, "level_raised")),
    Point("investigation", "7.6", ("form_amended", *FIELD_WORK)),
    Point("response", "7.7", (RESULT, ESCALATED)),
    Point("communicating_the_decision", "7.8", (RESULT,)),
    Point("closing", "7.9", (CLOSED,)),
)
KINDS = frozenset(kind for point in POINTS for kind in point.kinds)


def findings(entries: Iterable[Entry]) -> list[Finding]:
    """What the entries, oldest first, show of every point."""
    shown: dict[str, Evidence] = {}
    for entry in entries:
        before = shown.get(entry.kind)
        at, times = (before.at, before.times + 1) if before else (entry.at, 1)
        shown[entry.kind] = Evidence(entry.kind, at, times)
    return [_finding(point, shown) for point in POINTS]


def _finding(point: Point, shown: dict[str, Evidence]) -> Finding:
    found = tuple(shown[kind] for kind in point.kinds if kind in shown)
    status = "evidenced" if found else "by_design" if point.by_design else "missing"
    return Finding(point.code, point.clause, status, point.by_design, found)
