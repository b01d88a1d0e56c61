"""Cases of the other kinds that came, were solved and are open (RP-01, RP-13, PT-18)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Subquery, func, or_, select
from sqlalchemy.orm import Session

from complaint.adapters.counts.past import Past, many
from complaint.adapters.tables import cases, feedback, problems
from complaint.domain import events
from complaint.domain.counts import FLOW_DIMENSIONS, Cell
from complaint.domain.feedback import Feedback
from complaint.domain.problems import Problem
from complaint.domain.requests import ServiceRequest
from shared.tables import journal

# What ends a case of each kind, and the table that says more of it.
ENDS = {
    Problem.kind: events.ProblemClosed.type,
    ServiceRequest.kind: events.RequestClosed.type,
    Feedback.kind: events.FeedbackAnswered.type,
}
TABLES = {Problem.kind: problems, Feedback.kind: feedback}


def flow_cells(session: Session, past: Past) -> Mapping[str, Sequence[Cell]]:
    """How many cases of each kind came, were closed and are open, alike in FLOW_DIMENSIONS."""
    return {kind: _cells(session, past, kind) for kind in ENDS}


def ended(past: Past, kind: str, by: str) -> Subquery:
    """When the last event of type ``by`` was told of each case of a kind."""
    entries = past.journal(by, of=kind).add_columns(journal.c.at).subquery()
    at = func.max(entries.c.at).label("at")
    return select(entries.c.case_id, at).group_by(entries.c.case_id).subquery()


def _cells(session: Session, past: Past, kind: str) -> list[Cell]:
    end = ended(past, kind, ENDS[kind])
    received = cases.c.filed_at >= past.period.from_at
    closed = end.c.at >= past.period.from_at
    is_open = end.c.at.is_(None)
    alike = [_column(kind, name).label(name) for name in FLOW_DIMENSIONS[kind]]
    query = select(*alike, many(received), many(closed), many(is_open)).select_from(cases)
    if kind in TABLES:
        query = query.join(TABLES[kind], TABLES[kind].c.id == cases.c.id)
    rows = session.execute(
        query.outerjoin(end, end.c.case_id == cases.c.id)
        .where(cases.c.kind == kind, past.within(), past.known())
        .where(or_(received, closed, is_open))
        .group_by(*alike)
    )
    return [Cell(tuple(row[: len(alike)]), *row[len(alike) :]) for row in rows]


def _column(kind: str, name: str) -> Any:
    return TABLES[kind].c[name] if name not in cases.c else cases.c[name]
