"""Timers as rows: written with the state that makes them due, fired once by the worker."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from shared.outbox import insert_for
from shared.tables import timers

Key: TypeAlias = tuple[str, str]  # kind and subject

# Statements are made once: to make one costs more than to run it.
CANCEL = delete(timers).where(
    timers.c.kind == bindparam("of_kind"), timers.c.subject == bindparam("of_subject")
)
FRESH: dict[str, Any] = {"attempts": 0, "retry_at": None, "parked": False, "last_error": None}


class Due(NamedTuple):
    """When a timer is due (aware), and what its handler is given."""

    at: datetime
    data: dict[str, Any]


def write(session: Session, wanted: Mapping[Key, Due | None]) -> None:
    """Set the one timer of each (kind, subject), replacing a pending one; None cancels it.

    Rows are taken in sorted order, so that two writers of the same ones cannot block each other.
    """
    connection = session.connection()
    rows = []
    for kind, subject in sorted(wanted):
        due = wanted[kind, subject]
        if due is None:
            connection.execute(CANCEL, {"of_kind": kind, "of_subject": subject})
        else:
            row = {"kind": kind, "subject": subject, "due_at": due.at, "data": due.data}
            rows.append(row | FRESH)
    if rows:
        connection.execute(_scheduling(connection.dialect.name), rows)


@cache
def _scheduling(dialect: str) -> Any:
    statement = insert_for(dialect)(timers)
    return statement.on_conflict_do_update(
        index_elements=["kind", "subject"],
        set_={name: statement.excluded[name] for name in ("due_at", "data", *FRESH)},
    )


def earliest(session: Session) -> datetime | None:
    """When the next timer is due, or None; parked ones do not count."""
    query = select(func.min(timers.c.due_at)).where(~timers.c.parked)
    found: datetime | None = session.scalars(query).one()
    return found
