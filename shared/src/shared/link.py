"""A consumer's connection to the broker, by kombu: to RabbitMQ or to ``memory://``.

Timeouts bound every step, heartbeats tell a dead link from a quiet one, and a link in doubt is
dropped without a farewell: the answer to a Close might never come.
"""

import contextlib
import os
import socket
import time
from collections.abc import Callable
from typing import Any

import kombu
from amqp.exceptions import AMQPError
from amqp.transport import TCPTransport

from shared.reading_envelopes import Delivery
from shared.topology import LOG

PREFETCH = 400  # Two batches: the next is on its way while one is stored.
HEARTBEAT_SECONDS = 10
CONNECT_SECONDS = 3
READ_SECONDS = 8
READ_AHEAD = 16_384  # bytes
FAULTS = (AMQPError, OSError)  # What a link raises when it can be used no longer.
POLLING_SECONDS = 0.01  # How often the embedded broker's queues are looked into.


class Link:
    """One connection with one channel. Not for more than one thread.

    Everything here raises what the transport raises; the caller then drops the link.
    """

    def __init__(self, url: str, *, service: str, role: str) -> None:
        self.name = f"{service}-{socket.gethostname()}-{os.getpid()}"
        self.embedded = url.startswith("memory:")
        client = f"{service}/{role}/{socket.gethostname()}/{os.getpid()}"
        self._client = kombu.Connection(
            url,
            heartbeat=HEARTBEAT_SECONDS,
            connect_timeout=CONNECT_SECONDS,
            transport_options=_options(client, embedded=self.embedded),
        )
        self._transport = self._client.transport
        self._connection = self._transport.establish_connection()
        self._channel = self._transport.create_channel(self._connection)
        if not self.embedded:
            self._channel.auto_decode = False  # The bytes are wanted as they came.
            _read_ahead(self._connection.transport)
        self._received = -1
        self.alive_at = time.monotonic()

    def consume(self, queue: str, take: Callable[[Delivery], None]) -> None:
        """Ask for the messages of ``queue``, at most PREFETCH unacknowledged. Declares nothing."""
        self._channel.basic_qos(0, PREFETCH, False)
        self._channel.basic_consume(
            queue,
            no_ack=False,
            callback=lambda message: take(_delivery(message)),
            consumer_tag=self.name,
        )

    def consume_log(self, take: Callable[[Delivery], None], *, since: str) -> None:
        """Ask for the public log from ``since``: ``first``, or an age such as ``7D`` or ``12h``."""
        self._channel.basic_qos(0, PREFETCH, False)
        self._channel.basic_consume(
            LOG,
            no_ack=False,
            callback=lambda message: take(_delivery(message)),
            consumer_tag=self.name,
            arguments={"x-stream-offset": since},
        )

    def drain(self, seconds: float) -> bool:
        """Let at most one thing happen; False when nothing did within ``seconds``."""
        self._wait_at_most(seconds)
        try:
            self._transport.drain_events(self._connection, timeout=seconds)
        except TimeoutError:
            return False
        return True

    def tick(self) -> None:
        """Send a heartbeat when one is due. Raises when the broker has missed two of its own."""
        if not self.embedded:
            self._wait_at_most(READ_SECONDS)
            self._connection.heartbeat_tick()
            if self._connection.bytes_recv == self._received:
                return
            self._received = self._connection.bytes_recv
        self.alive_at = time.monotonic()

    def acknowledge(self, tags: list[int]) -> None:
        """The broker may forget these messages, which are all that were delivered so far."""
        if self.embedded:
            for tag in tags:
                self._channel.basic_ack(tag)
        else:
            self._wait_at_most(READ_SECONDS)
            self._channel.basic_ack(max(tags), multiple=True)

    def get_dead(self, queue: str) -> Delivery | None:
        """One message of the dead-letter ``queue``, unacknowledged; None when it is empty."""
        self._wait_at_most(READ_SECONDS)
        message = self._channel.basic_get(queue, no_ack=False)
        return None if message is None else _delivery(message, dead=True)

    def depth(self, queue: str) -> int:
        """How many messages of ``queue`` are ready to be delivered."""
        self._wait_at_most(READ_SECONDS)
        return int(self._channel.queue_declare(queue, passive=True).message_count)

    def close(self) -> None:
        """Say goodbye on a link that is known to be well, and drop it whatever the answer is."""
        self._wait_at_most(READ_SECONDS)
        with contextlib.suppress(*FAULTS):
            self._transport.close_connection(self._connection)
        self.drop()

    def drop(self) -> None:
        """End the connection now, without a word to the other side."""
        if self.embedded:
            self._transport.close_connection(self._connection)
            return
        if self._connection.connected:
            with contextlib.suppress(OSError):
                self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._connection.collect()

    def _wait_at_most(self, seconds: float) -> None:
        """Bound the next reads and writes. py-amqp would set and reset this for each frame, which
        costs a third of its time; here it changes when a batch begins and when it ends."""
        if not self.embedded and self._connection.sock.gettimeout() != seconds:
            self._connection.sock.settimeout(seconds)


def _read_ahead(transport: Any) -> None:
    """Let py-amqp take from the kernel what is there, as it does with TLS, and not ask it three
    times for each frame."""
    if isinstance(transport, TCPTransport):
        receive = transport.sock.recv
        transport._quick_recv = lambda wanted: receive(max(wanted, READ_AHEAD))


def _options(client: str, *, embedded: bool) -> dict[str, Any]:
    if embedded:
        return {"polling_interval": POLLING_SECONDS}
    return {
        "read_timeout": READ_SECONDS,
        "write_timeout": READ_SECONDS,
        "client_properties": {"connection_name": client},
    }


def _delivery(message: Any, *, dead: bool = False) -> Delivery:
    """The message with its bytes untouched; a dead one under the address that it was sent to."""
    properties, info = message.properties, message.delivery_info
    body = message.body or b""
    exchange, routing_key = info.get("exchange"), info.get("routing_key")
    if dead:
        exchange, routing_key = _first_address(properties.get("application_headers") or {})
    return Delivery(
        raw=body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"),
        tag=message.delivery_tag,
        content_type=getattr(message, "content_type", None),
        content_encoding=getattr(message, "content_encoding", None),
        user_id=properties.get("user_id"),
        message_id=properties.get("message_id"),
        exchange=exchange,
        routing_key=routing_key,
    )


def _first_address(headers: dict[str, Any]) -> tuple[str | None, str | None]:
    """Exchange and routing key before the message was dead-lettered, as the broker noted them."""
    deaths = headers.get("x-death") or [{}]
    keys = deaths[-1].get("routing-keys") or [None]
    return deaths[-1].get("exchange"), keys[0]
