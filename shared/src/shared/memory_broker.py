"""The embedded broker: kombu's ``memory://`` in one process, made as safe as the real one.

Messages in memory die with the process. So an event counts as published only when the inbox of
every subscriber has committed it; until then it stays in the outbox and is sent again.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from kombu.connection import Connection
from kombu.messaging import Producer
from kombu.transport import memory, virtual

from shared.envelope import CONTENT_TYPE
from shared.outgoing import DEADLINE_SECONDS, Outgoing, PublishFailed
from shared.topology import (
    DEAD_LETTERS,
    EXCHANGES,
    INBOX_BINDINGS,
    INBOXES,
    exchange_for,
    subscribers,
)

URL = "memory://"
POLLING_SECONDS = 0.01  # How often kombu looks into the queues; its default of 1 s is felt.

log = logging.getLogger(__name__)

Who = Callable[[Outgoing], Iterable[str]]


class Receipts:
    """Who has yet to commit which event. Consumers confirm, publishers wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._missing: dict[UUID, set[str]] = {}

    def expect(self, event_id: UUID, services: Iterable[str]) -> None:
        """Start to wait for ``services``; call it before the event is sent."""
        with self._changed:
            self._missing[event_id] = set(services)

    def confirm(self, service: str, event_id: UUID) -> None:
        """The inbox of ``service`` holds the event and has committed, now or long ago."""
        with self._changed:
            missing = self._missing.get(event_id)
            if missing is not None:
                missing.discard(service)
                self._changed.notify_all()

    def wait(self, event_ids: Sequence[UUID], seconds: float) -> bool:
        """Whether all of ``event_ids`` were confirmed by everybody within ``seconds``."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not any(self._missing.get(one) for one in event_ids), seconds
            )

    def missing(self, event_ids: Iterable[UUID]) -> dict[str, int]:
        """How many of these events each service has yet to confirm."""
        with self._changed:
            counts: dict[str, int] = defaultdict(int)
            for one in event_ids:
                for service in self._missing.get(one, ()):
                    counts[service] += 1
            return dict(counts)

    def forget(self, event_ids: Iterable[UUID]) -> None:
        """Stop to wait for these; a late confirmation is then ignored."""
        with self._changed:
            for one in event_ids:
                self._missing.pop(one, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._changed:
            self._missing.clear()
            self._changed.notify_all()

    def of(self, service: str) -> Callable[[Sequence[UUID]], None]:
        """What the consumer of ``service`` calls with the ids that its inbox has committed."""

        def stored(event_ids: Sequence[UUID]) -> None:
            for one in event_ids:
                self.confirm(service, one)

        return stored


receipts = Receipts()  # One a process, like the queues of ``memory://`` themselves.


class MemoryBatch:
    """Events on their way to the inboxes of this process."""

    def __init__(self, rows: Sequence[Outgoing], deadline_seconds: float) -> None:
        self._ids = [row.event_id for row in rows]
        self._deadline = deadline_seconds
        self._until = time.monotonic() + deadline_seconds
        self._missing = sum(receipts.missing(self._ids).values())

    def wait(self, seconds: float) -> bool:
        """Whether every inbox has committed; False when ``seconds`` passed first.

        Raises PublishFailed when nobody confirmed anything until the deadline, naming who is
        silent. Progress moves the deadline, so that a slow machine does not send all twice.
        """
        if receipts.wait(self._ids, seconds):
            receipts.forget(self._ids)
            return True
        silent = receipts.missing(self._ids)
        if sum(silent.values()) < self._missing:
            self._missing = sum(silent.values())
            self._until = time.monotonic() + self._deadline
        if time.monotonic() < self._until:
            return False
        receipts.forget(self._ids)
        raise PublishFailed(f"not stored in time, events by service: {silent}")


class MemoryPublisher:
    """Publishes to ``memory://``, with the interface of ``shared.publishing.Publisher``.

    ``who`` says whose inbox must commit a row; without it the table of ``shared.topology`` does.
    """

    blocked = False

    def __init__(
        self,
        name: str,
        *,
        who: Who | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self._name = name
        self._who = who or (lambda row: subscribers(row.type, private=row.private))
        self._deadline = deadline_seconds
        self._connection = connect()
        declare(self._connection)
        self._producer = Producer(self._connection.channel())

    def send(self, rows: Sequence[Outgoing]) -> MemoryBatch:
        """Put ``rows`` into the queues in order; ``wait`` on what is returned."""
        for row in rows:
            receipts.expect(row.event_id, self._who(row))
            self._producer.publish(
                row.body.encode(),
                exchange=exchange_for(private=row.private),
                routing_key=row.type,
                content_type=CONTENT_TYPE,
                content_encoding="utf-8",
                message_id=str(row.event_id),
                user_id=f"{self._name}-relay",
                app_id=self._name,
                type=row.type,
            )
        return MemoryBatch(rows, self._deadline)

    def publish(self, rows: Sequence[Outgoing]) -> None:
        """Return when every subscriber has committed all ``rows``; else raise PublishFailed."""
        batch = self.send(rows)
        while not batch.wait(self._deadline):
            log.debug("waiting for inboxes")

    def close(self) -> None:
        """Let go of the connection; what was not confirmed stays in the outbox."""
        self._connection.release()


def connect() -> Connection:
    """A connection to the embedded broker that looks into its queues often."""
    return Connection(URL, transport_options={"polling_interval": POLLING_SECONDS})


def declare(connection: Connection) -> None:
    """Make the exchanges, inboxes and dead-letter queues; the log has no readers here."""
    with connection.channel() as channel:
        for exchange in EXCHANGES:
            channel.exchange_declare(exchange.name, type="topic", durable=True)
        for queue in (*INBOXES, *DEAD_LETTERS):
            channel.queue_declare(queue.name, durable=True)
        for binding in INBOX_BINDINGS:
            channel.queue_bind(binding.queue, binding.exchange, binding.key)


def reset() -> None:
    """Empty the embedded broker of this process, so that one test does not see another's events."""
    memory.Channel.queues.clear()
    memory.Transport.global_state = virtual.base.BrokerState()
    receipts.clear()
