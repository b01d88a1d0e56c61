"""Timers as rows: written with the state that makes them due, fired once by the worker."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from shared.outbox import upsert
from shared.tables import timers


def schedule(
    session: Session, *, kind: str, subject: str, due_at: datetime, data: dict[str, Any]
) -> None:
    """Set the one timer of (kind, subject) to ``due_at``; one that is pending is replaced."""
    fresh = {
        "due_at": due_at,
        "data": data,
        "attempts": 0,
        "retry_at": None,
        "parked": False,
        "last_error": None,
    }
    statement = upsert(session.get_bind().dialect)(timers)
    statement = statement.values(kind=kind, subject=subject, **fresh)
    session.execute(statement.on_conflict_do_update(index_elements=["kind", "subject"], set_=fresh))


def cancel(session: Session, *, kind: str, subject: str) -> None:
    """Delete the pending timer of (kind, subject), if any."""
    session.execute(delete(timers).where(timers.c.kind == kind, timers.c.subject == subject))


def earliest(session: Session) -> datetime | None:
    """When the next timer is due, or None; parked ones do not count."""
    query = select(func.min(timers.c.due_at)).where(~timers.c.parked)
    found: datetime | None = session.scalars(query).one()
    return found
