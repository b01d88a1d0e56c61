"""Complaints to which something happened that the packs call notable (F-14)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, func, literal, select, union
from sqlalchemy.orm import Session

from complaint.adapters.counts.past import Past
from complaint.adapters.tables import cases, complaints
from complaint.domain import events
from complaint.domain.weekly_reports import Notable, NotableRule
from shared.tables import journal

TOLD = {
    Notable.GM_MEETING: events.GmMeetingRequested.type,
    Notable.ESCALATED: events.ComplaintEscalated.type,
    Notable.REOPENED: events.ComplaintReopened.type,
}
BREACHES = (
    events.ClockBreached.type,
    events.FirstContactBreached.type,
    events.ProgressOverdue.type,
)
FILED = {
    Notable.REPORTED_TO_12315: complaints.c.reported_to_12315,
    Notable.REPEAT: complaints.c.repeat_of.is_not(None),
}


def notable(session: Session, past: Past, rule: NotableRule) -> list[Mapping[str, Any]]:
    """The gravest of them, with all of their reasons."""
    if not rule.reasons:
        return []
    level, handler = past.level(), past.handler()
    marked = _marked(past, rule).subquery()
    gravest = func.min(marked.c.rank)
    query = (
        select(cases.c.id, cases.c.number, level.c.said, handler.c.said)
        .join_from(cases, marked, marked.c.case_id == cases.c.id)
        .join(level, level.c.case_id == cases.c.id)
        .join(handler, handler.c.case_id == cases.c.id)
        .where(past.within())
        .group_by(cases.c.id, cases.c.number, level.c.said, handler.c.said)
        .order_by(gravest, level.c.said.desc(), cases.c.id)
        .limit(rule.at_most)
    )
    found = session.execute(query).all()
    ids = [row.id for row in found]
    reasons: dict[UUID, list[str]] = {case_id: [] for case_id in ids}
    ranked = select(marked).where(marked.c.case_id.in_(ids)).order_by(marked.c.rank)
    for case_id, rank in session.execute(ranked):
        reasons[case_id].append(rule.reasons[rank].value)
    return [
        {
            "complaint_id": str(case_id),
            "number": number,
            "level": said,
            "handler_id": by,
            "reasons": reasons[case_id],
        }
        for case_id, number, said, by in found
    ]


def _marked(past: Past, rule: NotableRule) -> CompoundSelect[Any]:
    """Each complaint with the place of each of its reasons."""
    return union(*(_of(past, reason, rank) for rank, reason in enumerate(rule.reasons)))


def _of(past: Past, reason: Notable, rank: int) -> Select[Any]:
    place = literal(rank).label("rank")
    if reason in FILED:
        query = select(cases.c.id.label("case_id"), place)
        query = query.join_from(cases, complaints, complaints.c.id == cases.c.id)
        return query.where(FILED[reason], *past.during(cases.c.filed_at))
    if reason is Notable.HARD_BREACH:
        hard = journal.c.data["hard"].as_boolean()
        return past.journal(*BREACHES, since=True).add_columns(place).where(hard)
    return past.journal(TOLD[reason], since=True).add_columns(place)
