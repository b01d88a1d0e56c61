"""Write events into the outbox, numbered without gaps per subject."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from shared.adding import Into
from shared.envelope import Event, Origin, encode, is_private, subject_of, wrap
from shared.ids import new_id
from shared.rules import Because
from shared.tables import event_sequences, outbox

INTO = Into(outbox)
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


def rows(
    session: Session, told: Sequence[Told], *, source: str, now: datetime, origin: Origin
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What is to be added INTO the outbox for these events, and what to the journal: the timeline
    keeps no private ones.

    The sequence rows stay locked until the commit, so for one subject the order of positions is the
    order of commits. Subjects are locked in sorted order, so that two writers cannot deadlock.
    """
    if not told:
        return [], []
    taken = _take(session, Counter(subject_of(one.event) for one in told))
    made, entries = [], []
    for one in told:
        subject, event_id = subject_of(one.event), new_id()
        taken[subject] += 1
        envelope = wrap(
            one.event,
            id=event_id,
            source=source,
            sequence=taken[subject],
            time=now,
            origin=origin,
            because=one.because,
        )
        private = is_private(one.event)
        made.append(
            {
                "event_id": event_id,
                "type": one.event.type,
                "subject": subject,
                "sequence": taken[subject],
                "private": private,
                "body": encode(envelope),
                "created_at": now,
            }
        )
        if not private:
            entries.append(
                {
                    "subject": subject,
                    "kind": one.event.type,
                    "at": now,
                    "actor": origin.actor,
                    "event_id": event_id,
                    "data": envelope["data"],
                    "because": one.because.to_data() if one.because else None,
                }
            )
    return made, entries


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
