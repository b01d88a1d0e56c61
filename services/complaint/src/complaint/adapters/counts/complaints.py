"""Complaints that came, were closed and are open, and what came again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from complaint.adapters.counts.past import Past, many
from complaint.adapters.tables import cases, complaints
from complaint.domain.counts import NOT_STATED, STATED, Cell, Recurrence
from complaint.domain.weekly_reports import RecurrenceRule

LISTED = 1000  # How many open complaints a report names; the number of all is told besides.


def cells(session: Session, past: Past) -> list[Cell]:
    """How many came, were closed and are open, alike in every one of DIMENSIONS. A complaint that
    was taken up again is open."""
    level, handler, latest = past.level(), past.handler(), past.latest()
    closed = latest.c.archived_at >= past.period.from_at
    received = cases.c.filed_at >= past.period.from_at
    is_open = latest.c.archived_at.is_(None)
    stated = case((func.coalesce(latest.c.cause, "") == "", NOT_STATED), else_=STATED)
    alike = [
        level.c.said.label("level"),
        complaints.c.complainant,
        cases.c.channel,
        complaints.c.about,
        latest.c.respondent_department,
        func.coalesce(latest.c.cause_code, stated).label("cause"),
        handler.c.said.label("handler"),
    ]
    query = (
        select(*alike, many(received), many(closed), many(is_open))
        .join_from(cases, complaints, complaints.c.id == cases.c.id)
        .join(level, level.c.case_id == cases.c.id)
        .join(handler, handler.c.case_id == cases.c.id)
        .join(latest, latest.c.complaint_id == cases.c.id)
        .where(past.within(), past.known(), or_(received, closed, is_open))
        .group_by(*alike)
    )
    rows = session.execute(query)
    return [Cell(tuple(row[: len(alike)]), *row[len(alike) :]) for row in rows]


def open_list(session: Session, past: Past) -> list[Mapping[str, Any]]:
    """The first LISTED that are open: the highest level first, then what is due next."""
    level, handler, latest = past.level(), past.handler(), past.latest()
    query = (
        select(cases.c.id, cases.c.number, cases.c.next_due_at)
        .add_columns(level.c.said.label("level"), handler.c.said.label("handler"))
        .join_from(cases, complaints, complaints.c.id == cases.c.id)
        .join(level, level.c.case_id == cases.c.id)
        .join(handler, handler.c.case_id == cases.c.id)
        .join(latest, latest.c.complaint_id == cases.c.id)
        .where(past.within(), past.known(), latest.c.archived_at.is_(None))
        .order_by(level.c.said.desc(), cases.c.next_due_at, cases.c.id)
        .limit(LISTED)
    )
    return [
        {
            "complaint_id": str(row.id),
            "number": row.number,
            "level": row.level,
            "handler_id": row.handler,
            "next_due_at": row.next_due_at.isoformat() if row.next_due_at else None,
        }
        for row in session.execute(query)
    ]


def repeats(session: Session, past: Past) -> int:
    """How many came about an event of which there was a complaint before."""
    query = (
        select(func.count())
        .join_from(cases, complaints, complaints.c.id == cases.c.id)
        .where(past.within(), complaints.c.repeat_of.is_not(None), *past.during(cases.c.filed_at))
    )
    return session.scalar(query) or 0


def recurrences(session: Session, past: Past, rule: RecurrenceRule) -> list[Recurrence]:
    """What was complained of so often that it recurs by the rule."""
    latest = past.latest()
    since = past.period.until_at - timedelta(days=rule.days)
    alike = [complaints.c.about, latest.c.respondent_department]
    query = (
        select(*alike, func.count())
        .join_from(cases, complaints, complaints.c.id == cases.c.id)
        .join(latest, latest.c.complaint_id == cases.c.id)
        .where(past.within(), past.known(), cases.c.filed_at >= since)
        .group_by(*alike)
        .having(func.count() >= rule.at_least)
    )
    found = [Recurrence(about.value, *rest) for about, *rest in session.execute(query)]
    return sorted(found, key=lambda one: (-one.complaints, one.about, one.department or ""))
