"""What the tests of the worker do to a real broker and ask of a real database."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pika
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from shared import topology
from shared.reading_envelopes import Delivery
from shared.testing_inbox import delivered
from shared.worker import Worker

Sessions = sessionmaker[Session]
INBOX, DEAD = "dispatch.inbox", "dispatch.dlq"


@contextmanager
def running(worker: Worker) -> Iterator[Worker]:
    worker.start()
    try:
        yield worker
    finally:
        assert worker.stop()


@contextmanager
def channel_to(url: str) -> Iterator[pika.adapters.blocking_connection.BlockingChannel]:
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        yield connection.channel()


def publish(url: str, deliveries: Sequence[Delivery]) -> None:
    with channel_to(url) as channel:
        channel.confirm_delivery()
        for one in deliveries:
            properties = pika.BasicProperties(
                content_type=one.content_type, message_id=one.message_id, delivery_mode=2
            )
            channel.basic_publish(topology.EVENTS, str(one.routing_key), one.raw, properties)


def events(subjects: int, each: int) -> list[Delivery]:
    return [
        delivered(subject=f"complaint/{subject}", sequence=sequence)
        for sequence in range(1, each + 1)
        for subject in range(subjects)
    ]


def expected(subjects: int, each: int) -> dict[str, list[int]]:
    return {f"complaint/{subject}": list(range(1, each + 1)) for subject in range(subjects)}


def until(ready: Callable[[], bool], seconds: float = 30.0) -> float:
    started = time.monotonic()
    while not ready():
        assert time.monotonic() - started < seconds, "it did not happen in time"
        time.sleep(0.02)
    return time.monotonic() - started


def depth(url: str, queue: str = INBOX) -> int:
    with channel_to(url) as channel:
        return channel.queue_declare(queue, passive=True).method.message_count


def count(sessions: Sessions, query: object) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(query))
