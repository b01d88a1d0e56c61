"""What was due and whether it was in time, and what had to be told because it was not."""

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from complaint.adapters.counts.past import Past, many
from complaint.adapters.tables import cases, clocks, complaints
from complaint.domain import events
from complaint.domain.counts import TimedClock
from shared.tables import journal

PROGRESS_OVERDUE = events.ProgressOverdue.type
HAPPENED = {
    "breaches": (
        events.ClockBreached.type,
        events.FirstContactBreached.type,
        PROGRESS_OVERDUE,
    ),
    "escalations": (events.ComplaintEscalated.type,),
    "meetings": (events.GmMeetingRequested.type,),
    "progress_overdue": (PROGRESS_OVERDUE,),
}


def timed_clocks(session: Session, past: Past) -> list[TimedClock]:
    """What was due of complaints, and how much of it was done in time."""
    on_time = and_(
        clocks.c.stopped_at.is_not(None), clocks.c.stopped_at <= clocks.c.deadline_due_at
    )
    missed = and_(clocks.c.deadline_hard, ~func.coalesce(on_time, False))
    query = (
        select(clocks.c.name, func.count(), many(on_time), many(missed))
        .join(cases, cases.c.id == clocks.c.case_id)
        .join(complaints, complaints.c.id == cases.c.id)
        .where(
            past.within(),
            past.known(),
            clocks.c.deadline_due_at >= past.period.from_at,
            clocks.c.deadline_due_at < past.period.until_at,
        )
        .group_by(clocks.c.name)
        .order_by(clocks.c.name)
    )
    return [TimedClock(name.value, *rest) for name, *rest in session.execute(query)]


def happened(session: Session, past: Past) -> dict[str, int]:
    """How often each of HAPPENED was told of complaints."""
    kinds = sorted({kind for kinds in HAPPENED.values() for kind in kinds})
    entries = past.journal(*kinds, since=True).add_columns(journal.c.kind).subquery()
    query = (
        select(entries.c.kind, func.count())
        .join(cases, cases.c.id == entries.c.case_id)
        .where(past.within())
        .group_by(entries.c.kind)
    )
    found = {row[0]: row[1] for row in session.execute(query)}
    return {name: sum(found.get(kind, 0) for kind in of) for name, of in HAPPENED.items()}
