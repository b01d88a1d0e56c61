"""A service whose handlers leave one row an event behind: for the tests of the worker.

As a program: ``effects_worker.py DATABASE BROKER [die-before-ack | slow]``.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from marshmallow import EXCLUDE, Schema
from sqlalchemy import BigInteger, Column, Identity, MetaData, String, Table, insert, select
from sqlalchemy.orm import Session, sessionmaker

from shared.clock import SystemClock
from shared.database import connect
from shared.envelope import Received
from shared.link import Link
from shared.subscriptions import Fired, Subscription
from shared.tables import plumbing
from shared.transaction import Transaction, beginner
from shared.worker import Worker

POOL = 12
state = MetaData()
effects = Table(
    "effects",
    state,
    Column("position", BigInteger, Identity(), primary_key=True),
    Column("subject", String(200), nullable=False),
    Column("sequence", BigInteger, nullable=False),
)
firings = Table(
    "firings",
    state,
    Column("position", BigInteger, Identity(), primary_key=True),
    Column("subject", String(200), nullable=False),
)
EFFECT, FIRING = insert(effects), insert(firings)


class Reading(Schema):
    class Meta:
        unknown = EXCLUDE


def on_filed(tx: Transaction, event: Received, _data: dict[str, Any]) -> None:
    tx.session.execute(EFFECT, {"subject": event.subject, "sequence": event.sequence})


def slowly(tx: Transaction, event: Received, data: dict[str, Any]) -> None:
    on_filed(tx, event, data)
    time.sleep(0.02)


def on_remind(tx: Transaction, fired: Fired) -> None:
    tx.session.execute(FIRING, {"subject": fired.subject})


@contextmanager
def database_of(url: str) -> Iterator[sessionmaker[Session]]:
    """Sessions on a PostgreSQL database with all the tables."""
    psycopg = url.replace("postgresql://", "postgresql+psycopg://")
    engine = connect(psycopg, application="test", pool_size=POOL)
    for metadata in (plumbing, state):
        metadata.create_all(engine)
    try:
        yield sessionmaker(engine)
    finally:
        engine.dispose()


def worker_of(
    sessions: sessionmaker[Session], broker: str, *, handler: Any = on_filed, **options: Any
) -> Worker:
    """A worker of dispatch that hears of complaints; the administrator may publish them."""
    return Worker(
        service="dispatch",
        sessions=sessions,
        begin=beginner(sessions, Transaction, "dispatch"),
        clock=SystemClock(),
        subscriptions={"complaint.filed.v1": Subscription(Reading(), handler)},
        timers={"remind": on_remind},
        broker_url=broker,
        trusted_users=["guest", "huiyin"],
        **options,
    )


def effects_in(sessions: sessionmaker[Session]) -> dict[str, list[int]]:
    """The sequences applied, by subject, in the order in which they were."""
    found: dict[str, list[int]] = {}
    with sessions() as session:
        query = select(effects.c.subject, effects.c.sequence).order_by(effects.c.position)
        for subject, sequence in session.execute(query):
            found.setdefault(subject, []).append(sequence)
    return found


def set_timers(sessions: sessionmaker[Session], count: int) -> None:
    """Overdue timers, one a subject."""
    now = SystemClock().now()
    with beginner(sessions, Transaction, "dispatch")(now=now) as tx:
        for number in range(count):
            due_at = now - timedelta(seconds=count - number)
            tx.set_timer("remind", f"complaint/{number}", due_at)


def main(database: str, broker: str, fault: str = "") -> int:
    if fault == "die-before-ack":
        Link.acknowledge = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    handler = slowly if fault == "slow" else on_filed
    with database_of(database) as sessions:
        return worker_of(sessions, broker, handler=handler, appliers=2).run()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
