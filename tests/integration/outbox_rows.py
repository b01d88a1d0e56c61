"""Rows for an outbox, and what of them arrived in a queue: for the tests of the relay."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import pika
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from shared.database import connect
from shared.ids import new_id
from shared.tables import outbox, plumbing
from shared.transaction import Transaction, beginner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ON_THE_WAY = 10.0  # seconds


@dataclass(frozen=True)
class ComplaintFiled:
    """An event of the complaint service."""

    complaint: str
    type: ClassVar[str] = "complaint.filed.v1"
    subject: ClassVar[str] = "complaint/{complaint}"


@dataclass(frozen=True)
class ContactTold:
    """An event with personal data."""

    customer: str
    phone: str
    type: ClassVar[str] = "customer.contact_changed.v1"
    subject: ClassVar[str] = "contact/{customer}"
    private: ClassVar[bool] = True


@dataclass(frozen=True)
class Row:
    """A row of an outbox as a publisher sees it."""

    type: str = "complaint.filed.v1"
    private: bool = False
    body: str = '{"id":1}'
    created_at: datetime = NOW
    event_id: UUID = field(default_factory=new_id)


@contextmanager
def outbox_in(database: str) -> Iterator[sessionmaker[Session]]:
    """Sessions on a database with the plumbing tables."""
    engine = connect(database.replace("postgresql://", "postgresql+psycopg://"), application="test")
    plumbing.create_all(engine)
    try:
        yield sessionmaker(engine)
    finally:
        engine.dispose()


def emit(sessions: sessionmaker[Session], *events: Any, source: str = "complaint") -> None:
    """Commit ``events`` in one transaction, as a use case does."""
    with beginner(sessions, Transaction, source)(now=NOW) as tx:
        tx.emit(*events)


def unpublished(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        query = select(func.count()).select_from(outbox).where(outbox.c.published_at.is_(None))
        return session.scalars(query).one()


def taken(
    url: str, queue: str, *, at_least: int = 0
) -> list[tuple[pika.BasicProperties, dict[str, Any]]]:
    """Take all messages from ``queue``: properties and envelope, in order. Those that are still on
    their way to it are waited for until there are ``at_least`` so many."""
    messages: list[tuple[pika.BasicProperties, dict[str, Any]]] = []
    ends = time.monotonic() + ON_THE_WAY
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        while True:
            _, properties, body = channel.basic_get(queue, auto_ack=True)
            if properties is not None:
                messages.append((properties, json.loads(body)))
            elif len(messages) >= at_least or time.monotonic() > ends:
                return messages
            else:
                time.sleep(0.05)
