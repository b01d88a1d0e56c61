"""The relay against its own client's bare publishing, and what the hint to wake it costs and gives.

Run it by itself: `python tests/benchmarks/relay.py`. Both sides of each ratio are measured in turn,
in the same run and on the same servers; the queues, rights and message properties are the same.
"""

import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pika
from pika.adapters.blocking_connection import BlockingChannel
from sqlalchemy import delete, insert
from sqlalchemy.orm import Session, sessionmaker

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from servers import Servers, running_servers
from shared import topology
from shared.clock import SystemClock
from shared.database import connect
from shared.hints import Listener, Teller
from shared.ids import new_id
from shared.publishing import Publisher
from shared.relay import Relay
from shared.tables import outbox, plumbing
from shared.transaction import Transaction, beginner

EVENTS = 4_000
ROUNDS = 9
WINDOW = 500
BODY = '{"data":"' + "x" * 1000 + '"}'
TYPE = "complaint.filed.v1"
IDLE_EVENTS = 200
COMMITS, WRITERS = 800, 4
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
INBOXES = tuple(topology.inbox_of(one) for one in topology.subscribers(TYPE, private=False))

Sessions = sessionmaker[Session]


@dataclass(frozen=True)
class ComplaintFiled:
    """An event like those that commands emit."""

    complaint: str
    type: ClassVar[str] = TYPE
    subject: ClassVar[str] = "complaint/{complaint}"


class Bare:
    """The best that pika can do: messages made before, many on their way, no database."""

    def __init__(self, url: str) -> None:
        self._sent = self._confirmed = 0
        self._connection = pika.SelectConnection(
            pika.URLParameters(url),
            on_open_callback=lambda connection: connection.channel(on_open_callback=self._open),
        )
        self._properties = pika.BasicProperties(
            content_type="application/cloudevents+json",
            delivery_mode=2,
            message_id=str(new_id()),
            user_id=pika.URLParameters(url).credentials.username,
            type=TYPE,
            app_id="complaint",
        )

    def seconds(self) -> float:
        """How long EVENTS messages take from the first to the last confirmation."""
        self._connection.ioloop.start()
        return self._ended - self._started

    def _open(self, channel) -> None:
        self._channel = channel
        channel.confirm_delivery(self._confirm, callback=lambda _: self._begin())

    def _begin(self) -> None:
        self._started = time.perf_counter()
        self._fill()

    def _fill(self) -> None:
        body = BODY.encode()
        while self._sent < EVENTS and self._sent - self._confirmed < WINDOW:
            self._channel.basic_publish(
                topology.EVENTS, TYPE, body, self._properties, mandatory=True
            )
            self._sent += 1

    def _confirm(self, frame) -> None:
        if not isinstance(frame.method, pika.spec.Basic.Ack):
            raise RuntimeError("the broker refused a message")
        several = frame.method.multiple
        self._confirmed = frame.method.delivery_tag if several else self._confirmed + 1
        if self._confirmed < EVENTS:
            self._fill()
        else:
            self._ended = time.perf_counter()
            self._connection.close()
            self._connection.ioloop.stop()


def preload(sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.execute(delete(outbox))
        session.execute(insert(outbox), [row(number) for number in range(EVENTS)])
    vacuum(sessions)


def row(number: int) -> dict[str, object]:
    return {
        "event_id": new_id(),
        "type": TYPE,
        "subject": f"complaint/{number}",
        "sequence": 1,
        "private": False,
        "body": BODY,
        "created_at": NOW,
    }


def vacuum(sessions: Sessions) -> None:
    engine = sessions.kw["bind"]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("VACUUM ANALYZE outbox")


def throughput(servers: Servers, sessions: Sessions, vhost) -> None:
    relay = relay_of(sessions, vhost.url)
    with sessions.begin() as session:
        session.execute(insert(outbox), [row(0)])
    relay.relay_once()  # It connects with the first row that it sends.
    ratios = []
    for number in range(ROUNDS):
        preload(sessions)
        with emptied(servers, vhost.name):
            bare = EVENTS / Bare(vhost.url).seconds()
        with emptied(servers, vhost.name):
            started = time.perf_counter()
            relay.relay_once()
            relayed = EVENTS / (time.perf_counter() - started)
        ratios.append(relayed / bare)
        print(f"  round {number + 1}: bare {bare:6.0f}/s  relay {relayed:6.0f}/s  {ratios[-1]:.2f}")
    relay.stop()
    relay.run()
    print(f"relay with marking / bare pipelined publish: {statistics.median(ratios):.2f} (>= 0.70)")


def relay_of(sessions: Sessions, url: str) -> Relay:
    return Relay(
        sessions, lambda: Publisher(url, "complaint"), service="complaint", clock=SystemClock()
    )


@contextmanager
def emptied(servers: Servers, vhost: str) -> Iterator[None]:
    yield
    for queue in INBOXES:
        servers.broker.purge(vhost, queue)


@contextmanager
def relaying(sessions: Sessions, url: str) -> Iterator[None]:
    """A relay in a thread, woken by hints through the database as one of another process is."""
    relay = relay_of(sessions, url)
    listener = Listener(sessions.kw["bind"], relay.wake)
    thread = threading.Thread(target=relay.run)
    thread.start()
    yield
    listener.stop()
    relay.stop()
    thread.join()


def latency(sessions: Sessions, url: str) -> None:
    """From the commit of an event to its delivery to a consumer, one event at a time."""
    teller = Teller(sessions.kw["bind"])
    begin = beginner(sessions, Transaction, "complaint", told=teller.told)
    with relaying(sessions, url), pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.basic_consume(INBOXES[0], lambda *_: came.append(1), auto_ack=True)
        came: list[int] = []
        took = [one_event(begin, channel, came) for _ in range(IDLE_EVENTS)][10:]
    teller.stop()
    p50, p99 = (statistics.quantiles(took, n=100)[at] * 1000 for at in (49, 98))
    print(f"commit to delivery, idle: p50 {p50:.1f} ms, p99 {p99:.1f} ms (<= 10, <= 40)")


def one_event(begin, channel: BlockingChannel, came: list[int]) -> float:
    before = len(came)
    with begin(now=NOW) as tx:
        tx.emit(ComplaintFiled(complaint=str(new_id())))
    committed = time.perf_counter()
    while len(came) == before:
        channel.connection.process_data_events(time_limit=1)
    took = time.perf_counter() - committed
    time.sleep(0.01)
    return took


def commits_a_second(sessions: Sessions, told: Callable[[], None]) -> float:
    begin = beginner(sessions, Transaction, "complaint", told=told)

    def write() -> None:
        for _ in range(COMMITS // WRITERS):
            with begin(now=NOW) as tx:
                tx.emit(ComplaintFiled(complaint=str(new_id())))

    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    started = time.perf_counter()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return COMMITS / (time.perf_counter() - started)


def cost_of_hints(sessions: Sessions) -> None:
    """The rate of commits that tell against that of commits that do not, nobody listening."""
    teller = Teller(sessions.kw["bind"])
    ratios = []
    for _ in range(2 * ROUNDS):
        silent = commits_a_second(sessions, lambda: None)
        ratios.append(commits_a_second(sessions, teller.told) / silent)
    teller.stop()
    print(f"commits with hints / without: {statistics.median(ratios):.2f} (>= 0.95)")


def main() -> None:
    with (
        running_servers(print) as servers,
        servers.broker.vhost() as vhost,
        servers.postgres.database() as database,
    ):
        topology.declare(vhost.url)
        engine = connect(
            database.replace("postgresql://", "postgresql+psycopg://"), application="bench"
        )
        plumbing.create_all(engine)
        sessions = sessionmaker(engine)
        throughput(servers, sessions, vhost)
        cost_of_hints(sessions)
        latency(sessions, vhost.url)
        engine.dispose()


if __name__ == "__main__":
    main()
