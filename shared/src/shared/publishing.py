"""Publish over AMQP with confirms: many messages on their way at once, none believed too early.

After any doubt (an error, a nack, a return, a deadline) the socket is dropped without a farewell:
a link in doubt would hang on the farewell, or take a late confirmation for a newer one.
"""

import contextlib
import os
import socket
import threading
import time
from collections import deque
from collections.abc import Sequence
from typing import Any

from pika import BasicProperties, DeliveryMode
from pika.channel import Channel
from pika.frame import Method
from pika.spec import Basic

from shared.confirmations import Batch, Confirmations
from shared.envelope import CONTENT_TYPE
from shared.gathering import GatheringConnection
from shared.outgoing import DEADLINE_SECONDS, Outgoing, Publishes, PublishFailed
from shared.topology import exchange_for, parameters

__all__ = ["PublishFailed", "Publisher", "Publishes"]

OPENING_SECONDS, FAREWELL_SECONDS = 10.0, 2.0
TURN = 100  # Rows written at once; confirmations are read in between.


class Publisher:
    """One connection in a thread of its own. ``name`` is the service.

    Making it waits until the broker answers, at most 10 s; raises PublishFailed when it does not.
    ``send`` belongs to one thread. After a PublishFailed close it and make another.
    """

    _failure: str | None = None
    _blocked = False

    def __init__(self, url: str, name: str, *, deadline_seconds: float = DEADLINE_SECONDS) -> None:
        self._options = parameters(url, name=f"{name}/relay/{socket.gethostname()}/{os.getpid()}")
        self._user = getattr(self._options.credentials, "username", None)
        self._name = name
        self._deadline = deadline_seconds
        self._queue: deque[tuple[Batch, Outgoing]] = deque()
        self._confirmations = Confirmations()
        self._channel: Channel | None = None
        self._ready = threading.Event()
        self._connection = self._prepare()
        self._thread = threading.Thread(target=self._run, name=f"{name}-publisher", daemon=True)
        self._thread.start()
        if not self._ready.wait(OPENING_SECONDS):
            self._settle("the broker does not answer")
        if self._failure is not None:
            self.close()
            raise PublishFailed(self._failure)

    @property
    def blocked(self) -> bool:
        """Whether the broker said that it takes nothing for the moment (memory or disk alarm)."""
        return self._blocked

    @property
    def frames_sent(self) -> int:
        """How often something was written to the socket."""
        return int(self._connection.frames_sent)  # type: ignore[attr-defined]

    def send(self, rows: Sequence[Outgoing]) -> Batch:
        """Put ``rows`` on their way in this order, behind those of earlier calls."""
        batch = Batch(len(rows), self._doubt)
        pairs = [(batch, row) for row in rows]
        self._connection.ioloop.add_callback_threadsafe(lambda: self._enqueue(pairs))
        return batch

    def publish(self, rows: Sequence[Outgoing]) -> None:
        """Send ``rows`` and return when all are confirmed; else raise PublishFailed."""
        batch = self.send(rows)
        while not batch.wait(self._deadline):
            continue

    def close(self) -> None:
        """End the connection: politely when all is confirmed, else by dropping the socket."""
        loop = self._connection.ioloop
        if self._failure is None and not self._confirmations.outstanding():
            loop.add_callback_threadsafe(self._take_leave)
            self._thread.join(FAREWELL_SECONDS)
        loop.add_callback_threadsafe(lambda: self._fail("closed"))
        self._thread.join(OPENING_SECONDS)

    def _doubt(self, sent_at: float) -> str | None:
        """Why a batch sent then will not be confirmed. A blocked broker may keep one waiting."""
        if self._failure is not None:
            return self._failure
        waited = time.monotonic() - max(sent_at, self._confirmations.answered_at)
        silent = waited >= self._deadline and not self._blocked
        return "no confirmation in time" if silent else None

    # What follows runs in the publisher's own thread.

    def _prepare(self) -> GatheringConnection:
        return GatheringConnection(
            self._options,
            on_open_callback=self._opened,
            on_open_error_callback=lambda _, error: self._ended(f"cannot connect: {error!r}"),
            on_close_callback=lambda _, reason: self._ended(f"connection lost: {reason!r}"),
        )

    def _run(self) -> None:
        try:
            self._connection.ioloop.start()
        finally:
            self._settle("the connection has ended")
            self._connection.ioloop.close()

    def _opened(self, connection: GatheringConnection) -> None:
        connection.add_on_connection_blocked_callback(lambda *_: self._hold(blocked=True))
        connection.add_on_connection_unblocked_callback(lambda *_: self._hold(blocked=False))
        connection.channel(on_open_callback=self._open_channel)

    def _open_channel(self, channel: Channel) -> None:
        self._channel = channel
        channel.add_on_close_callback(lambda _, reason: self._fail(f"channel closed: {reason!r}"))
        channel.add_on_return_callback(
            lambda _channel, returned, *_: self._fail(f"unroutable: {returned.routing_key}")
        )
        channel.confirm_delivery(self._answered, callback=lambda _: self._ready.set())

    def _hold(self, *, blocked: bool) -> None:
        self._blocked = blocked
        self._confirmations.answered_at = time.monotonic()

    def _enqueue(self, pairs: list[tuple[Batch, Outgoing]]) -> None:
        idle = not self._queue
        self._queue.extend(pairs)
        if idle:
            self._emit()

    def _emit(self) -> None:
        if self._failure or self._channel is None:
            return
        with self._connection.gathering():
            for _ in range(min(TURN, len(self._queue))):
                self._publish(self._channel, *self._queue.popleft())
        if self._queue:
            self._connection.ioloop.add_callback_threadsafe(self._emit)

    def _publish(self, channel: Channel, batch: Batch, row: Outgoing) -> None:
        self._confirmations.expect(batch)
        exchange, body = exchange_for(private=row.private), row.body.encode()
        channel.basic_publish(exchange, row.type, body, self._properties(row), mandatory=True)

    def _properties(self, row: Outgoing) -> BasicProperties:
        return BasicProperties(
            content_type=CONTENT_TYPE,
            content_encoding="utf-8",
            delivery_mode=DeliveryMode.Persistent.value,
            message_id=str(row.event_id),
            timestamp=int(row.created_at.timestamp()),
            type=row.type,
            user_id=self._user,  # The broker refuses the message if the connection's is another.
            app_id=self._name,
        )

    def _answered(self, frame: Method[Any]) -> None:
        if isinstance(frame.method, Basic.Nack):
            self._fail("refused by a queue")
        elif self._failure is None:
            self._confirmations.confirm(frame.method.delivery_tag, several=frame.method.multiple)

    def _take_leave(self) -> None:
        if self._connection.is_open:
            self._connection.close()

    def _fail(self, reason: str) -> None:
        """The link is in doubt: nothing that comes over it is believed any more.

        pika has no public way to end it without a farewell; once its socket is shut it finds the
        stream lost, whatever it was doing.
        """
        self._settle(reason)
        transport = self._connection._transport  # type: ignore[attr-defined]
        if transport is None:
            self._connection.ioloop.stop()
            return
        with contextlib.suppress(OSError):  # The other side was faster.
            transport._sock.shutdown(socket.SHUT_RDWR)

    def _ended(self, reason: str) -> None:
        self._settle(reason)
        self._connection.ioloop.stop()

    def _settle(self, reason: str) -> None:
        self._failure = self._failure or reason
        self._confirmations.give_up()
        for batch, _ in self._queue:
            batch.give_up()
        self._ready.set()
