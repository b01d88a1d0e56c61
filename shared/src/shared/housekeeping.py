"""Delete what the plumbing has kept long enough; what happened stays in the journal.

Ages are real time and generous: an answer to a repeated command, an event that was published, an
event that was handled. An inbox row must outlive every way in which its event could come again.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Delete, Table, delete, select
from sqlalchemy.orm import Session, sessionmaker

from shared.clock import Clock
from shared.tables import idempotency_keys, inbox, outbox
from shared.worker import Job

ANSWERS = timedelta(days=7)
PUBLISHED = timedelta(days=7)
HANDLED = timedelta(days=180)
BATCH = 1000  # rows a transaction, so that nobody waits for a lock
EVERY_SECONDS = 3600.0


@dataclass(frozen=True, kw_only=True)
class Aging:
    """Rows of a service's own that are kept for ``age`` after the time in ``since``."""

    table: Table
    key: Column[Any]
    since: Column[Any]
    age: timedelta


class Housekeeping:
    """The job of a worker that deletes what is old, a batch at a time, once an hour.

    ``clock`` is the service's: rows carry its time. ``aging`` are rows of the service's own.
    """

    def __init__(
        self, sessions: sessionmaker[Session], clock: Clock, aging: Sequence[Aging] = ()
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._aging = aging
        self._rest_until = 0.0

    def job(self) -> Job:
        """What the worker runs."""
        return Job("housekeeping", self.work)

    def work(self, stopping: threading.Event) -> bool:
        """Delete one batch of each kind; False when nothing is left or it is not time yet."""
        if time.monotonic() < self._rest_until or stopping.is_set():
            return False
        self._rest_until = time.monotonic() + EVERY_SECONDS  # also when the sweep fails
        if self.sweep():
            self._rest_until = 0.0
        return not self._rest_until

    def sweep(self) -> int:
        """Delete at most a batch of each kind; returns how many rows are gone."""
        gone = 0
        for statement in _statements(self._clock.now(), self._aging):
            with self._sessions.begin() as session:
                deleted: Any = session.execute(statement)
                gone += deleted.rowcount
        return gone


def _statements(now: datetime, aging: Sequence[Aging]) -> Iterator[Delete]:
    keys = idempotency_keys.c
    yield _old(idempotency_keys, keys.key, keys.created_at < now - ANSWERS)
    yield _old(outbox, outbox.c.position, outbox.c.published_at < now - PUBLISHED)
    yield _old(inbox, inbox.c.event_id, inbox.c.handled_at < now - HANDLED)
    for one in aging:
        yield _old(one.table, one.key, one.since < now - one.age)


def _old(table: Table, key: ColumnElement[Any], condition: ColumnElement[bool]) -> Delete:
    return delete(table).where(condition, key.in_(select(key).where(condition).limit(BATCH)))
