"""Timers as rows: written with the state that makes them due, fired once by the worker."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from shared.adding import Into
from shared.tables import timers

Key: TypeAlias = tuple[str, str]  # kind and subject

# Made once: to make a statement costs more than to run it.
CANCEL = delete(timers).where(
    timers.c.kind == bindparam("of_kind"), timers.c.subject == bindparam("of_subject")
)
INTO = Into(timers, ("kind", "subject"))  # A timer that is pending is replaced.
FRESH: dict[str, Any] = {"attempts": 0, "retry_at": None, "parked": False, "last_error": None}


class Due(NamedTuple):
    """When a timer is due (aware), and what its handler is given."""

    at: datetime
    data: dict[str, Any]


def cancel(session: Session, keys: Iterable[Key]) -> None:
    """Forget the timer of each (kind, subject) that has one."""
    for kind, subject in sorted(keys):
        session.connection().execute(CANCEL, {"of_kind": kind, "of_subject": subject})


def rows(wanted: Mapping[Key, Due]) -> list[dict[str, Any]]:
    """What is added INTO the table for the one timer of each (kind, subject).

    The rows are sorted, so that two writers of the same ones cannot block each other.
    """
    return [
        {"kind": kind, "subject": subject, "due_at": due.at, "data": due.data, **FRESH}
        for (kind, subject), due in sorted(wanted.items(), key=itemgetter(0))
    ]


def earliest(session: Session) -> datetime | None:
    """When the next timer is due, or None; parked ones do not count."""
    query = select(func.min(timers.c.due_at)).where(~timers.c.parked)
    found: datetime | None = session.scalars(query).one()
    return found
