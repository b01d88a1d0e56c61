"""What stands in the broker: exchanges, queues, bindings and who may touch them, in one table.

``setup`` declares it under an admin URL; services have no right to configure anything and only
check. The embedded broker declares the same table, and ``definitions.json`` is made of it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import ChannelClosedByBroker

VHOST = "huiyin"
EVENTS = "huiyin.events"
PRIVATE = "huiyin.private"  # Personal data; bound type by type, never by the log.
DEAD = "huiyin.dlx"
LOG = "huiyin.log"  # The public log that other systems, and a new service, read from its start.

DELIVERY_LIMIT = 20
# From RabbitMQ 4 on, a dead letter brings the count of its deliveries along, and the limit that is
# set by default would drop it as soon as somebody who looks at it is cut off.
DEAD_LETTER_LIMIT = 1_000_000
LOG_MAX_BYTES = 20_000_000_000
LOG_MAX_AGE = "400D"
HEARTBEAT_SECONDS = 10
CONNECT_SECONDS = 3
ACCESS_REFUSED = 403

# Whose events each service listens to, as whole publishers. A service never hears itself.
LISTENS: dict[str, tuple[str, ...]] = {
    "customer": ("complaint", "dispatch", "notify"),
    "complaint": ("customer", "dispatch", "notify"),
    "dispatch": ("customer", "complaint", "notify"),
    "notify": ("customer", "complaint", "dispatch"),
}
SERVICES = tuple(LISTENS)
# Who hears which private event types: nobody holds personal data without a use for it.
HEARS_PRIVATE: dict[str, tuple[str, ...]] = {
    "complaint": ("customer.issue_described",),
    "dispatch": ("complaint.field_work_described", "customer.service_described"),
    "notify": (
        "complaint.case_contact_described",
        "complaint.case_contact_erased",
        "complaint.case_news_arose",
        "customer.contact_changed",
        "customer.contact_erased",
        "dispatch.person_contact_changed",
    ),
}


class TopologyMissing(Exception):
    """The broker lacks an exchange or a queue, which the message names: ``setup`` has to run."""


@dataclass(frozen=True)
class Exchange:
    """A durable topic exchange; an internal one takes messages from queues only."""

    name: str
    internal: bool = False


@dataclass(frozen=True)
class Queue:
    """A durable queue with the arguments that RabbitMQ takes and the embedded broker ignores."""

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Binding:
    """Copies what ``exchange`` gets under ``key`` (a topic pattern) into ``queue``."""

    exchange: str
    queue: str
    key: str


def inbox_of(service: str) -> str:
    """The name of the queue that a service reads."""
    return f"{service}.inbox"


def dead_letters_of(service: str) -> str:
    """The name of the queue that holds what ``service`` could not even store."""
    return f"{service}.dlq"


def _inbox(service: str) -> Queue:
    arguments = {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-overflow": "reject-publish",  # Dead lettering at least once needs it.
        "x-dead-letter-exchange": DEAD,
        "x-dead-letter-routing-key": inbox_of(service),
        "x-dead-letter-strategy": "at-least-once",
    }
    return Queue(inbox_of(service), arguments)


EXCHANGES = (Exchange(EVENTS), Exchange(PRIVATE), Exchange(DEAD, internal=True))
INBOXES = tuple(_inbox(service) for service in SERVICES)
DEAD_LETTERS = tuple(
    Queue(
        dead_letters_of(service),
        {"x-queue-type": "quorum", "x-delivery-limit": DEAD_LETTER_LIMIT},
    )
    for service in SERVICES
)
LOG_QUEUE = Queue(
    LOG, {"x-queue-type": "stream", "x-max-length-bytes": LOG_MAX_BYTES, "x-max-age": LOG_MAX_AGE}
)
QUEUES = (*INBOXES, *DEAD_LETTERS, LOG_QUEUE)
INBOX_BINDINGS = (
    *(Binding(EVENTS, inbox_of(s), f"{heard}.#") for s in SERVICES for heard in LISTENS[s]),
    *(
        Binding(PRIVATE, inbox_of(s), f"{name}.#")
        for s, names in HEARS_PRIVATE.items()
        for name in names
    ),
)
BINDINGS = (
    *INBOX_BINDINGS,
    *(Binding(DEAD, dead_letters_of(service), inbox_of(service)) for service in SERVICES),
    Binding(EVENTS, LOG, "#"),
)


def exchange_for(*, private: bool) -> str:
    """Where an event is published: personal data has an exchange of its own."""
    return PRIVATE if private else EVENTS


def subscribers(event_type: str, *, private: bool) -> tuple[str, ...]:
    """The services whose inbox gets an event of ``event_type`` (``complaint.filed.v1``)."""
    if private:
        name = event_type.rpartition(".v")[0]
        return tuple(service for service, names in HEARS_PRIVATE.items() if name in names)
    publisher = event_type.partition(".")[0]
    return tuple(service for service in SERVICES if publisher in LISTENS[service])


def parameters(url: str, *, name: str) -> pika.URLParameters:
    """How pika connects to ``url``: heartbeat 10 s, at most 3 s a step, ``name`` for operators."""
    options = pika.URLParameters(url)
    options.heartbeat = HEARTBEAT_SECONDS
    options.socket_timeout = CONNECT_SECONDS
    options.stack_timeout = CONNECT_SECONDS * 2
    options.connection_attempts = 1
    options.client_properties = {"connection_name": name}
    return options


def declare(admin_url: str) -> None:
    """Make whatever is missing, in the vhost of ``admin_url``. Safe to repeat.

    Raises pika's ChannelClosedByBroker where a queue stands with other arguments (406).
    """
    with _connection(admin_url) as connection:
        channel = connection.channel()
        for exchange in EXCHANGES:
            channel.exchange_declare(
                exchange.name, "topic", durable=True, internal=exchange.internal
            )
        for queue in QUEUES:
            channel.queue_declare(queue.name, durable=True, arguments=queue.arguments)
        for binding in BINDINGS:
            channel.queue_bind(binding.queue, binding.exchange, binding.key)


def check(url: str) -> None:
    """Raise TopologyMissing unless every exchange and queue stands that the broker tells the user
    of ``url`` about: from RabbitMQ 4.3 on, those that he has a right to.

    It tells nobody about bindings; a lost one shows as a gap in an inbox.
    """
    with _connection(url) as connection:
        for exchange in EXCHANGES:
            with _looking(connection, f"exchange {exchange.name}") as channel:
                channel.exchange_declare(exchange.name, passive=True)
        for queue in QUEUES:
            with _looking(connection, f"queue {queue.name}") as channel:
                channel.queue_declare(queue.name, passive=True)


@contextmanager
def _looking(connection: pika.BlockingConnection, what: str) -> Iterator[BlockingChannel]:
    """A channel to look at one thing with: a refusal closes it."""
    channel = connection.channel()
    try:
        yield channel
    except ChannelClosedByBroker as error:
        if error.reply_code != ACCESS_REFUSED:
            raise TopologyMissing(f"{what}: {error.reply_text}") from error
    else:
        channel.close()


@contextmanager
def _connection(url: str) -> Iterator[pika.BlockingConnection]:
    connection = pika.BlockingConnection(parameters(url, name="setup"))
    try:
        yield connection
    finally:
        if connection.is_open:
            connection.close()


def main() -> None:
    """``python -m shared.topology definitions [passwords.json]``: print definitions.json."""
    from shared.definitions import printed

    match sys.argv[1:]:
        case ["definitions", *rest] if len(rest) <= 1:
            sys.stdout.write(printed(*rest))
        case _:
            sys.exit("usage: python -m shared.topology definitions [passwords.json]")


if __name__ == "__main__":
    main()
