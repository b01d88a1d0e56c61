"""The embedded broker: what it calls published is safe in every inbox."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from kombu.entity import Queue
from kombu.messaging import Consumer

from shared import memory_broker
from shared.ids import new_id
from shared.memory_broker import MemoryPublisher, receipts
from shared.outgoing import PublishFailed
from shared.topology import SERVICES, inbox_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A row of the outbox as a publisher sees it."""

    type: str = "complaint.filed.v1"
    private: bool = False
    body: str = '{"data":{"name":"王芳"}}'
    created_at: datetime = NOW
    event_id: UUID = field(default_factory=new_id)


class Inbox(threading.Thread):
    """Takes what comes for one service and confirms it, from the start or when told to."""

    def __init__(self, service: str, *, confirming: bool = True) -> None:
        super().__init__(daemon=True)
        self.service = service
        self.came: list[Any] = []
        self.may_confirm = threading.Event()
        self.ended = threading.Event()
        if confirming:
            self.may_confirm.set()

    def run(self) -> None:
        with memory_broker.connect() as connection:
            queue = Queue(inbox_of(self.service), no_declare=True)
            with Consumer(connection, queue, on_message=self._take):
                while not self.ended.is_set():
                    try:
                        connection.drain_events(timeout=0.05)
                    except TimeoutError:
                        continue

    def _take(self, message: Any) -> None:
        self.came.append(message)
        self.may_confirm.wait()
        receipts.of(self.service)([UUID(message.properties["message_id"])])
        message.ack()

    def end(self) -> None:
        self.may_confirm.set()
        self.ended.set()
        self.join()


@pytest.fixture
def inboxes() -> Iterator[dict[str, Inbox]]:
    memory_broker.reset()
    threads = {service: Inbox(service) for service in SERVICES}
    for thread in threads.values():
        thread.start()
    yield threads
    for thread in threads.values():
        thread.end()
    memory_broker.reset()


@pytest.fixture
def publisher(inboxes: dict[str, Inbox]) -> Iterator[MemoryPublisher]:
    made = MemoryPublisher("complaint", deadline_seconds=1)
    yield made
    made.close()


def keys(inbox: Inbox) -> list[str]:
    return [message.delivery_info["routing_key"] for message in inbox.came]


def test_an_event_reaches_every_subscriber_and_not_its_own_service(
    inboxes: dict[str, Inbox], publisher: MemoryPublisher
) -> None:
    publisher.publish([Row()])
    assert {
        "customer": ["complaint.filed.v1"],
        "complaint": [],
        "dispatch": ["complaint.filed.v1"],
        "notify": ["complaint.filed.v1"],
    } == {service: keys(inbox) for service, inbox in inboxes.items()}


def test_personal_data_reaches_notify_alone(
    inboxes: dict[str, Inbox], publisher: MemoryPublisher
) -> None:
    publisher.publish([Row(type="customer.contact_changed.v1", private=True)])
    assert [0, 0, 0, 1] == [len(inboxes[service].came) for service in SERVICES]


def test_a_message_carries_what_rabbitmq_would_carry(
    inboxes: dict[str, Inbox], publisher: MemoryPublisher
) -> None:
    row = Row()
    publisher.publish([row])
    [message] = inboxes["notify"].came
    assert (str(row.event_id), "complaint-relay", "complaint", row.type) == tuple(
        message.properties[name] for name in ("message_id", "user_id", "app_id", "type")
    )
    assert "application/cloudevents+json" == message.content_type
    assert row.body == bytes(message.body).decode()


def test_events_arrive_in_the_order_in_which_they_were_sent(
    inboxes: dict[str, Inbox], publisher: MemoryPublisher
) -> None:
    rows = [Row() for _ in range(50)]
    publisher.publish(rows)
    came = [message.properties["message_id"] for message in inboxes["dispatch"].came]
    assert [str(row.event_id) for row in rows] == came


def test_an_event_is_not_published_while_one_inbox_has_not_committed_it(
    inboxes: dict[str, Inbox], publisher: MemoryPublisher
) -> None:
    inboxes["dispatch"].may_confirm.clear()
    batch = publisher.send([Row()])
    assert batch.wait(0.1) is False
    inboxes["dispatch"].may_confirm.set()
    assert batch.wait(1.0) is True


def test_a_silent_inbox_is_named_at_the_deadline(
    inboxes: dict[str, Inbox], publisher: MemoryPublisher
) -> None:
    inboxes["dispatch"].may_confirm.clear()
    with pytest.raises(PublishFailed, match=r"\{'dispatch': 1\}"):
        publisher.publish([Row()])


def test_progress_moves_the_deadline(inboxes: dict[str, Inbox], publisher: MemoryPublisher) -> None:
    batch = publisher.send(
        rows := [Row(type="customer.contact_changed.v1", private=True) for _ in range(4)]
    )
    receipts.forget(row.event_id for row in rows)
    for row in rows:
        receipts.expect(row.event_id, ["slow"])
    started = time.monotonic()
    for row in rows:
        assert batch.wait(0.2) is False
        receipts.confirm("slow", row.event_id)
    assert batch.wait(0.2) is True
    assert time.monotonic() - started > 0.3


def test_a_confirmation_that_nobody_waits_for_is_no_error() -> None:
    receipts.confirm("dispatch", new_id())
    assert {} == receipts.missing([])


def test_an_event_without_subscribers_is_published_at_once(publisher: MemoryPublisher) -> None:
    assert publisher.send([Row(type="stranger.came.v1")]).wait(0.0) is True


def test_a_reset_leaves_no_message_behind() -> None:
    memory_broker.reset()
    publisher = MemoryPublisher("complaint")
    publisher.send([Row()])
    publisher.close()
    memory_broker.reset()
    again = MemoryPublisher("complaint")
    with memory_broker.connect() as connection, connection.channel() as channel:
        assert channel.basic_get(inbox_of("dispatch")) is None
    again.close()
    memory_broker.reset()
