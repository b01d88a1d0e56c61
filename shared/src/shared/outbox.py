"""Write events into the outbox, numbered without gaps per subject."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Dialect, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from shared.envelope import Event, Origin, encode, is_private, subject_of, wrap
from shared.ids import new_id
from shared.rules import Because
from shared.tables import event_sequences, outbox

AT_ONCE = 500  # subjects a statement


@dataclass(frozen=True)
class Told:
    """An event that a use case emitted, and the clause that made it happen."""

    event: Event
    because: Because | None


def upsert(dialect: Dialect) -> Any:
    """The ``INSERT ... ON CONFLICT`` construct of this database."""
    return insert_for(dialect.name)


def insert_for(dialect: str) -> Any:
    """The same by the name of the dialect, for statements that are made once and kept."""
    return postgresql.insert if dialect == "postgresql" else sqlite.insert


def write(
    session: Session, told: Sequence[Told], *, source: str, now: datetime, origin: Origin
) -> list[dict[str, Any]]:
    """Add a row for each event; returns the rows.

    The sequence rows stay locked until the commit, so for one subject the order of positions is the
    order of commits. Subjects are locked in sorted order, so that two writers cannot deadlock.
    """
    if not told:
        return []
    taken = _take(session, Counter(subject_of(one.event) for one in told))
    rows = [_row(one, taken, source=source, now=now, origin=origin) for one in told]
    session.connection().execute(insert(outbox), [_stored(row) for row in rows])
    return rows


def journal_entry(row: dict[str, Any]) -> dict[str, Any]:
    """The timeline entry that goes with an outbox row."""
    return {
        "subject": row["subject"],
        "kind": row["type"],
        "at": row["created_at"],
        "actor": row["actor"],
        "event_id": row["event_id"],
        "data": json.loads(row["body"])["data"],
        "because": row["because"],
    }


def _take(session: Session, wanted: Counter[str]) -> dict[str, int]:
    """The last sequence given before this transaction, by subject; the rows are now locked."""
    connection = session.connection()
    counts = [{"subject": subject, "last": count} for subject, count in sorted(wanted.items())]
    statement = _taking(connection.dialect.name)
    taken: dict[str, int] = {}
    for first in range(0, len(counts), AT_ONCE):
        rows = connection.execute(statement, counts[first : first + AT_ONCE])
        taken.update((subject, last) for subject, last in rows)
    return {subject: last - wanted[subject] for subject, last in taken.items()}


@cache
def _taking(dialect: str) -> Any:
    # Made once: to make the statement costs more than to run it.
    statement = insert_for(dialect)(event_sequences)
    return statement.on_conflict_do_update(
        index_elements=["subject"],
        set_={"last": event_sequences.c.last + statement.excluded.last},
    ).returning(event_sequences.c.subject, event_sequences.c.last)


def _row(
    told: Told, taken: dict[str, int], *, source: str, now: datetime, origin: Origin
) -> dict[str, Any]:
    subject = subject_of(told.event)
    taken[subject] += 1
    event_id = new_id()
    envelope = wrap(
        told.event,
        id=event_id,
        source=source,
        sequence=taken[subject],
        time=now,
        origin=origin,
        because=told.because,
    )
    return {
        "event_id": event_id,
        "type": told.event.type,
        "subject": subject,
        "sequence": taken[subject],
        "private": is_private(told.event),
        "body": encode(envelope),
        "created_at": now,
        "actor": origin.actor,
        "because": told.because.to_data() if told.because else None,
    }


def _stored(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("actor", "because")}
