"""The two statements by which a batch enters the inbox, on both databases.

PostgreSQL takes a batch as one parameter of one statement, which costs far less than a row
at a time; SQLite has no network to save.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, case, func, null, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from shared.tables import inbox, inbox_subjects


class NewRow(NamedTuple):
    """An event as the inbox holds it at first."""

    event_id: UUID
    type: str
    subject: str
    sequence: int
    private: bool
    body: str


INSERT = text("""
INSERT INTO inbox
    (event_id, type, subject, sequence, private, body, state, received_at)
SELECT event_id, type, subject, sequence, private, body, 'pending', :now
FROM json_to_recordset(CAST(:rows AS json)) AS rows (
    event_id uuid, type text, subject text, sequence bigint, private boolean, body text
)
ON CONFLICT DO NOTHING RETURNING event_id
""")
WAKE = text("""
INSERT INTO inbox_subjects (subject, applied, due_at, parked)
SELECT subject, 0, now(), false FROM unnest(CAST(:subjects AS text[])) AS rows (subject)
ON CONFLICT (subject) DO UPDATE
SET due_at = CASE WHEN NOT inbox_subjects.parked THEN coalesce(inbox_subjects.due_at, now()) END
""")


def insert_new(session: Session, rows: Sequence[NewRow], *, now: datetime) -> set[UUID]:
    """Insert the rows whose id and place are both free; returns their ids.

    In the order of subject and sequence, so that two consumers that were given the same events
    cannot wait for each other in a circle.
    """
    if not rows:
        return set()
    ordered = sorted(rows, key=lambda row: (row.subject, row.sequence))
    if session.get_bind().dialect.name == "postgresql":
        batch = json.dumps([row._asdict() for row in ordered], ensure_ascii=False, default=str)
        return set(session.scalars(INSERT, {"rows": batch, "now": now}))
    statement = sqlite.insert(inbox).on_conflict_do_nothing().returning(inbox.c.event_id)
    fresh = {"state": "pending", "received_at": now}
    return set(session.scalars(statement, [{**row._asdict(), **fresh} for row in ordered]))


def wake(session: Session, subjects: set[str], *, now: datetime) -> None:
    """Make subjects due that wait for nothing else. One that waits to be retried, or is parked,
    keeps to that: new events behind a failing one must not hurry it. PostgreSQL's own time counts
    there, so that all processes agree; on SQLite it is ``now``.
    """
    if not subjects:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(WAKE, {"subjects": sorted(subjects)})
        return
    values: dict[str, Any] = {"subject": bindparam("subject"), "applied": 0, "parked": False}
    kept = func.coalesce(inbox_subjects.c.due_at, now)
    statement = sqlite.insert(inbox_subjects).values(**values, due_at=now)
    statement = statement.on_conflict_do_update(
        index_elements=["subject"],
        set_={"due_at": case((inbox_subjects.c.parked, null()), else_=kept)},
    )
    session.execute(statement, [{"subject": subject} for subject in sorted(subjects)])
