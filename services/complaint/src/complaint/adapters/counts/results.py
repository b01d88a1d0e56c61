"""How complaints ended: what was answered, how many were accepted, how long it took."""

from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from complaint.adapters.counts.past import Past, many
from complaint.adapters.tables import cases, forms
from complaint.domain import events
from complaint.domain.counts import Answers, Outcome, Solved

RAISED = (events.ComplaintEscalated.type, events.GmMeetingRequested.type)


def answers(session: Session, past: Past) -> list[Answers]:
    """Which answers of which scales were given, and how often."""
    alike = [forms.c.answer_scale, forms.c.answer_code, forms.c.answer_normalised]
    query: Select[Any] = (
        select(*alike, func.count())
        .join(cases, cases.c.id == forms.c.complaint_id)
        .where(past.within(), *past.during(forms.c.answer_asked_at))
        .group_by(*alike)
        .order_by(*alike)
    )
    return [Answers(*row) for row in session.execute(query)]


def outcome(session: Session, past: Past) -> Outcome:
    """How many were closed or went up, and how many of them with an accepted answer."""
    latest = past.latest()
    closed = (
        select(latest.c.complaint_id.label("case_id"), latest.c.answer_accepted.label("good"))
        .where(*past.during(latest.c.archived_at))
        .subquery()
    )
    raised = past.journal(*RAISED, since=True).distinct().subquery()
    accepted = func.coalesce(closed.c.good, False)
    query = (
        select(func.count(), many(accepted))
        .select_from(cases)
        .outerjoin(closed, closed.c.case_id == cases.c.id)
        .outerjoin(raised, raised.c.case_id == cases.c.id)
        .where(
            past.within(),
            past.known(),
            or_(closed.c.case_id.is_not(None), raised.c.case_id.is_not(None)),
        )
    )
    return Outcome(*session.execute(query).one())


def solved(session: Session, past: Past) -> list[Solved]:
    """How long each took that was closed."""
    level, latest = past.level(), past.latest()
    query = (
        select(level.c.said, cases.c.received_at, latest.c.archived_at)
        .join_from(cases, latest, latest.c.complaint_id == cases.c.id)
        .join(level, level.c.case_id == cases.c.id)
        .where(past.within(), *past.during(latest.c.archived_at))
        .order_by(level.c.said, cases.c.id)
    )
    return [Solved(level, end - begin) for level, begin, end in session.execute(query)]
