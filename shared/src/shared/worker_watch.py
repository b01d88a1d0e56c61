"""Looks at the inbox from outside: what waits, since when, and whether anything is left to do."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, sessionmaker

from shared.clock import Clock
from shared.firing import due
from shared.inbox import real_now
from shared.tables import inbox_quarantine, inbox_subjects, outbox, timers
from shared.transaction import reading
from shared.worker_metrics import GAPS, OLDEST_DUE, PARKED, PARKED_TIMERS, QUARANTINED

log = logging.getLogger(__name__)

GAP_ALARM = timedelta(seconds=60)


class Watch:
    """Keeps the figures of the inbox, and raises an alarm once for each gap that does not close."""

    def __init__(self, *, service: str, sessions: sessionmaker[Session], real: Clock) -> None:
        self._service = service
        self._sessions = sessions
        self._real = real
        self._alarmed: set[str] = set()

    def look(self) -> bool:
        """Take the figures once. Returns False: there is nothing more to do until the next time."""
        with reading(self._sessions) as session:
            now = self._real.at_claim(session)
            gaps = self._gaps(session, now)
            of = inbox_subjects.c
            parked = session.scalar(select(func.count()).where(of.parked))
            quarantined = session.scalar(select(func.count()).select_from(inbox_quarantine))
            oldest = session.scalar(select(func.min(of.due_at)))
            stuck = session.scalar(select(func.count()).where(timers.c.parked))
        GAPS.labels(self._service).set(len(gaps))
        PARKED.labels(self._service).set(parked or 0)
        QUARANTINED.labels(self._service).set(quarantined or 0)
        PARKED_TIMERS.labels(self._service).set(stuck or 0)
        late = (now - oldest).total_seconds() if oldest else 0.0
        OLDEST_DUE.labels(self._service).set(max(0.0, late))
        self._alarm(gaps)
        return False

    def _gaps(self, session: Session, now: datetime) -> dict[str, int]:
        """Subjects that have waited too long, and the sequence that they wait for."""
        of = inbox_subjects.c
        query = select(of.subject, of.applied + 1).where(of.gap_since <= now - GAP_ALARM)
        return dict(session.execute(query).all())

    def _alarm(self, gaps: dict[str, int]) -> None:
        for subject in gaps.keys() - self._alarmed:
            about = {"subject": subject, "sequence": gaps[subject]}
            log.error("an event has been missing for more than a minute", extra=about)
        self._alarmed = set(gaps)


def is_idle(session: Session, *, now: datetime, real: datetime) -> bool:
    """Whether the service has nothing to apply, to publish or to fire.

    ``now`` is the time of its clock, ``real`` the real time. What is parked, or waits for another
    try after a failure, does not count: it would hold back a simulated clock for minutes.
    """
    moment = real_now(session, real)
    work = or_(
        exists().where(inbox_subjects.c.due_at <= moment),
        exists().where(outbox.c.published_at.is_(None)),
        exists().where(*due(now, real=moment)).select_from(timers),
    )
    return not session.scalar(select(work))
