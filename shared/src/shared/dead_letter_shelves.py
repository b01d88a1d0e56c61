"""The three places where a service keeps what it could not handle, each with its replay and drop.

All take a session inside a transaction; ``now`` is real time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, select, update
from sqlalchemy.orm import Session

from shared.inbox import store
from shared.inbox_runs import KEPT, release
from shared.reading_envelopes import Delivery
from shared.tables import inbox, inbox_quarantine, inbox_subjects, timers


class StillUnreadable(Exception):
    """The quarantined message cannot be taken in today either; the text says why."""


@dataclass(frozen=True)
class Letter:
    """One thing that waits for somebody. ``key`` names it in every command."""

    key: str
    what: str  # event type, kind of timer, or the reason of a quarantine
    subject: str
    since: datetime
    error: str
    attempts: int


class Shelf(Protocol):
    """``find`` locks the row behind the name of a letter, or returns None."""

    def letters(self, session: Session) -> Iterable[Letter]: ...
    def find(self, session: Session, name: str) -> Row[Any] | None: ...
    def replay(self, session: Session, row: Row[Any], now: datetime) -> None: ...
    def drop(self, session: Session, row: Row[Any], now: datetime) -> None: ...


class ParkedEvents:
    """Events whose handler failed too often; each holds the rest of its subject."""

    def letters(self, session: Session) -> Iterable[Letter]:
        for row in session.execute(select(inbox).where(inbox.c.state == "parked")):
            yield Letter(
                key=f"event:{row.event_id}",
                what=row.type,
                subject=f"{row.subject}#{row.sequence}",
                since=row.received_at,
                error=row.last_error or "",
                attempts=row.attempts,
            )

    def find(self, session: Session, name: str) -> Row[Any] | None:
        """The subject's row is locked as well: the events behind this one wait for the outcome."""
        query = (
            select(inbox)
            .join(inbox_subjects, inbox_subjects.c.subject == inbox.c.subject)
            .where(inbox.c.event_id == UUID(name), inbox.c.state == "parked")
            .with_for_update()
        )
        return session.execute(query).one_or_none()

    def replay(self, session: Session, row: Row[Any], now: datetime) -> None:
        """Pending again, with all its tries."""
        _change(session, row, state="pending", attempts=0)
        release(session, row.subject, due_at=now)

    def drop(self, session: Session, row: Row[Any], now: datetime) -> None:
        """The subject goes on behind it. What it held of personal data goes."""
        _change(session, row, state="dropped", handled_at=now, body=KEPT)
        release(session, row.subject, due_at=now, applied=row.sequence)


class ParkedTimers:
    """Timers whose handler failed too often, or that no handler knows."""

    def letters(self, session: Session) -> Iterable[Letter]:
        for row in session.execute(select(timers).where(timers.c.parked)):
            yield Letter(
                key=f"timer:{row.kind}:{row.subject}",
                what=row.kind,
                subject=row.subject,
                since=row.due_at,
                error=row.last_error or "",
                attempts=row.attempts,
            )

    def find(self, session: Session, name: str) -> Row[Any] | None:
        kind, _, subject = name.partition(":")
        of = timers.c
        query = select(timers).where(of.kind == kind, of.subject == subject, of.parked)
        return session.execute(query.with_for_update()).one_or_none()

    def replay(self, session: Session, row: Row[Any], now: datetime) -> None:  # noqa: ARG002
        """Fires as soon as a worker looks: it has been due all the time."""
        values = {"parked": False, "attempts": 0, "retry_at": None}
        session.execute(update(timers).where(*_timer(row)).values(values))

    def drop(self, session: Session, row: Row[Any], now: datetime) -> None:  # noqa: ARG002
        session.execute(delete(timers).where(*_timer(row)))


class Quarantine:
    """Messages that could not be read, with their bytes."""

    def letters(self, session: Session) -> Iterable[Letter]:
        of = inbox_quarantine.c
        for row in session.execute(select(of.position, of.reason, of.properties, of.received_at)):
            yield Letter(
                key=f"quarantine:{row.position}",
                what="unreadable message",
                subject=row.properties.get("message_id", ""),
                since=row.received_at,
                error=row.reason,
                attempts=1,
            )

    def find(self, session: Session, name: str) -> Row[Any] | None:
        of = inbox_quarantine.c
        query = select(inbox_quarantine).where(of.position == int(name))
        return session.execute(query.with_for_update()).one_or_none()

    def replay(self, session: Session, row: Row[Any], now: datetime) -> None:
        """Read it again, by the rules of this release. Raises StillUnreadable."""
        stored = store(session, [Delivery(raw=row.raw, **row.properties)], now=now)
        if stored.refused:
            raise StillUnreadable(stored.refused[0].reason)
        self.drop(session, row, now)

    def drop(self, session: Session, row: Row[Any], now: datetime) -> None:  # noqa: ARG002
        of = inbox_quarantine.c
        session.execute(delete(inbox_quarantine).where(of.position == row.position))


SHELVES: dict[str, Shelf] = {
    "event": ParkedEvents(),
    "timer": ParkedTimers(),
    "quarantine": Quarantine(),
}


def _change(session: Session, row: Row[Any], **values: Any) -> None:
    session.execute(update(inbox).where(inbox.c.event_id == row.event_id).values(values))


def _timer(row: Row[Any]) -> tuple[ColumnElement[bool], ...]:
    return timers.c.kind == row.kind, timers.c.subject == row.subject
