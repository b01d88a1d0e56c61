"""How long cases took, and in which stage they waited (PT-24, PT-28).

The rows are read one after the other, since a large week has many.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import Session

from complaint.adapters.counts.flows import ENDS, ended
from complaint.adapters.counts.past import Past
from complaint.adapters.tables import cases
from complaint.domain import events
from complaint.domain.complaint import Complaint
from complaint.domain.counts import Wait
from complaint.domain.problems import Problem
from shared.tables import UtcDateTime, journal

AT_ONCE = 1000
WHOLE = ""  # The stage of what is no part of a case.

# What solves a case: of a problem that is the solution, whatever the return visit says.
SOLVES = {
    **ENDS,
    Problem.kind: events.ProblemSolved.type,
    Complaint.kind: events.ComplaintClosed.type,
}
# What ends a stage of a complaint, by the name of the stage; the others begin one anew.
STEPS = {
    events.FirstContactMade.type: "first_contact",
    events.ResultTold.type: "result",
    events.SatisfactionAnswered.type: "answer",
    events.ComplaintReviewed.type: "review",
    events.MeetingDecided.type: "decision",
    events.ComplaintClosed.type: "archive",
}
BEGINS = (
    events.ComplaintFiled.type,
    events.ComplaintEscalated.type,
    events.ComplaintReopened.type,
)

IN_ORDER: dict[str, Any] = {"partition_by": journal.c.subject, "order_by": journal.c.position}


def times(session: Session, past: Past) -> Iterator[Wait]:
    """How long each case took that was solved, from its receipt on."""
    for kind, by in SOLVES.items():
        end = ended(past, kind, by)
        query = (
            select(cases.c.received_at, end.c.at)
            .join_from(cases, end, end.c.case_id == cases.c.id)
            .where(past.within(), *past.during(end.c.at))
        )
        for begin, at in session.execute(query).yield_per(AT_ONCE):
            yield Wait(kind, WHOLE, at - begin)


def waits(session: Session, past: Past) -> Iterator[Wait]:
    """Each stage that ended. A complaint waits for the next step of the handling; a case of another
    kind is in a stage until the next one begins, or somebody else answers for it."""
    ends = case(*((journal.c.kind == kind, literal(name)) for kind, name in STEPS.items()))
    yield from _between(session, past, Complaint.kind, ends=ends, kinds=(*STEPS, *BEGINS))
    said = func.lag(journal.c.data["stage"].as_string()).over(**IN_ORDER)
    for kind, by in ENDS.items():
        yield from _between(session, past, kind, ends=said, kinds=(events.CaseAssigned.type, by))


def _between(
    session: Session, past: Past, kind: str, *, ends: ColumnElement[str], kinds: tuple[str, ...]
) -> Iterator[Wait]:
    """The time before each entry of those kinds that ends a stage."""
    before = func.lag(journal.c.at, type_=UtcDateTime).over(**IN_ORDER)
    entries = (
        past.journal(*kinds, of=kind)
        .add_columns(journal.c.at, before.label("before"), ends.label("stage"))
        .subquery()
    )
    query = (
        select(entries.c.stage, entries.c.before, entries.c.at)
        .join_from(cases, entries, entries.c.case_id == cases.c.id)
        .where(past.within(), *past.during(entries.c.at))
        .where(entries.c.stage.is_not(None), entries.c.before.is_not(None))
    )
    for stage, begin, at in session.execute(query).yield_per(AT_ONCE):
        yield Wait(kind, stage, at - begin)
