"""How complaints ended: what was answered, how many were accepted, how long it took."""

from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from complaint.adapters.counts.past import Past, many
from complaint.adapters.tables import cases, forms
from complaint.domain import events
from complaint.domain.figures import Answers, Outcome, Solved

RAISED = (events.ComplaintEscalated.type, events.GmMeetingRequested.type)


def answers(session: Session, past: Past) -> list[Answers]:
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
    during = past.during(forms.c.archived_at)
    closed = (
        select(forms.c.complaint_id.label("case_id"), forms.c.answer_accepted.label("good"))
        .where(*during)
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
    level = past.level()
    query = (
        select(level.c.said, cases.c.received_at, forms.c.archived_at)
        .join_from(cases, forms, forms.c.complaint_id == cases.c.id)
        .join(level, level.c.case_id == cases.c.id)
        .where(past.within(), *past.during(forms.c.archived_at))
        .order_by(level.c.said, cases.c.id)
    )
    return [Solved(level, end - begin) for level, begin, end in session.execute(query)]
