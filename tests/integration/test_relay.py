"""The relay between a real PostgreSQL and a real RabbitMQ, and the ways in which both can fail."""

import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pika
import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session, sessionmaker

from outbox_rows import ComplaintFiled, ContactTold, Row, emit, outbox_in, taken, unpublished
from server_admin import Vhost
from servers import Servers
from shared import topology
from shared.clock import SystemClock
from shared.hints import Listener, Teller
from shared.outgoing import Outgoing, Publishes, PublishFailed
from shared.publishing import Publisher
from shared.relay import Relay
from shared.tables import outbox
from stalling_proxy import StallingProxy

Sessions = sessionmaker[Session]

KILLED_BEFORE_MARK = """
import os, signal, sys
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shared import relay
from shared.clock import SystemClock
from shared.publishing import Publisher

relay.mark = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
database, broker = sys.argv[1:]
relay.Relay(
    sessionmaker(create_engine(database)),
    lambda: Publisher(broker, "complaint"),
    service="complaint",
    clock=SystemClock(),
    lease_seconds=1,
).run()
"""


@pytest.fixture
def sessions(database: str) -> Iterator[Sessions]:
    with outbox_in(database) as made:
        yield made


@pytest.fixture
def broker(vhost: Vhost) -> Vhost:
    topology.declare(vhost.url)
    return vhost


def relay_of(sessions: Sessions, connect: Callable[[], Publishes], **options: float) -> Relay:
    return Relay(sessions, connect, service="complaint", clock=SystemClock(), **options)


@contextmanager
def running(relay: Relay) -> Iterator[Relay]:
    thread = threading.Thread(target=relay.run, daemon=True)
    thread.start()
    try:
        yield relay
    finally:
        relay.stop()
        thread.join(20)
        assert not thread.is_alive()


def until(ready: Callable[[], bool], seconds: float = 20.0) -> float:
    started = time.monotonic()
    while not ready():
        assert time.monotonic() - started < seconds, "it did not happen in time"
        time.sleep(0.005)
    return time.monotonic() - started


def filed(subject: str) -> ComplaintFiled:
    return ComplaintFiled(complaint=subject)


def sequences(url: str, queue: str) -> dict[str, list[int]]:
    """What came, by subject, in the order in which it came."""
    came = defaultdict(list)
    for _, envelope in taken(url, queue):
        came[envelope["subject"]].append(envelope["sequence"])
    return came


def test_what_concurrent_writers_tell_arrives_once_and_in_order_by_subject(
    sessions: Sessions, broker: Vhost
) -> None:
    def write(writer: int) -> None:
        for turn in range(40):
            emit(sessions, filed(str(turn % 5)), filed(f"own-{writer}"))

    with running(relay_of(sessions, lambda: Publisher(broker.url, "complaint"), batch=20)):
        writers = [threading.Thread(target=write, args=(one,)) for one in range(4)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        until(lambda: unpublished(sessions) == 0)
    shared_ones = {f"complaint/{one}": list(range(1, 33)) for one in range(5)}
    own = {f"complaint/own-{one}": list(range(1, 41)) for one in range(4)}
    assert shared_ones | own == sequences(broker.url, "dispatch.inbox")


def test_a_message_carries_what_consumers_and_operators_look_at(
    sessions: Sessions, broker: Vhost
) -> None:
    emit(sessions, filed("1"))
    relay_of(sessions, lambda: Publisher(broker.url, "complaint")).relay_once()
    [(properties, envelope)] = taken(broker.url, "notify.inbox")
    assert (envelope["id"], "complaint.filed.v1", "complaint", user_of(broker), 2) == (
        properties.message_id,
        properties.type,
        properties.app_id,
        properties.user_id,
        properties.delivery_mode,
    )
    assert "application/cloudevents+json" == properties.content_type


def user_of(broker: Vhost) -> str:
    return pika.URLParameters(broker.url).credentials.username


def test_personal_data_goes_to_notify_alone_and_leaves_the_outbox(
    sessions: Sessions, broker: Vhost
) -> None:
    emit(sessions, ContactTold(customer="7", phone="13800000000"), source="customer")
    relay_of(sessions, lambda: Publisher(broker.url, "customer")).relay_once()
    came = {one: len(taken(broker.url, f"{one}.inbox")) for one in topology.SERVICES}
    assert {"customer": 0, "complaint": 0, "dispatch": 0, "notify": 1} == came
    with sessions() as session:
        assert [""] == list(session.scalars(select(outbox.c.body)))


def test_a_relay_killed_between_confirmation_and_mark_sends_again(
    sessions: Sessions, broker: Vhost
) -> None:
    emit(sessions, *(filed(str(one)) for one in range(10)))
    database = url_of(sessions)
    killed = subprocess.run([sys.executable, "-c", KILLED_BEFORE_MARK, database, broker.url])
    assert (-9, 10) == (killed.returncode, unpublished(sessions))
    with running(relay_of(sessions, lambda: Publisher(broker.url, "complaint"))):
        until(lambda: unpublished(sessions) == 0)
    ids = [properties.message_id for properties, _ in taken(broker.url, "dispatch.inbox")]
    assert (20, ids[:10]) == (len(ids), ids[10:])


def url_of(sessions: Sessions) -> str:
    engine: Engine = sessions.kw["bind"]
    return engine.url.render_as_string(hide_password=False)


def test_of_two_relays_one_sends_and_the_other_takes_over_when_it_ends(
    sessions: Sessions, broker: Vhost
) -> None:
    sent: dict[str, int] = defaultdict(int)
    first = relay_of(sessions, lambda: Counting(broker.url, sent, "first"))
    second = relay_of(sessions, lambda: Counting(broker.url, sent, "second"), poll_seconds=0.1)
    with running(second):
        emit(sessions, filed("1"))
        until(lambda: unpublished(sessions) == 0)
        with running(first):
            emit(sessions, filed("2"))
            until(lambda: unpublished(sessions) == 0)
            assert {"second": 2} == sent
            second.stop()
            emit(sessions, filed("3"))
            until(lambda: unpublished(sessions) == 0)
    assert {"second": 2, "first": 1} == sent


class Counting(Publisher):
    """Counts the rows that each relay sends."""

    def __init__(self, url: str, sent: dict[str, int], who: str) -> None:
        super().__init__(url, "complaint")
        self._sent, self._who = sent, who

    def send(self, rows: Sequence[Outgoing]):
        self._sent[self._who] += len(rows)
        return super().send(rows)


def test_a_full_queue_makes_the_relay_wait_and_loses_nothing(
    servers: Servers, sessions: Sessions, broker: Vhost
) -> None:
    limit = {"pattern": r"^dispatch\.inbox$", "apply-to": "queues", "definition": {"max-length": 1}}
    servers.broker.ask("PUT", "policies", broker.name, "full", json=limit)
    fill(broker.url)
    connected: list[float] = []

    def connect() -> Publisher:
        connected.append(time.monotonic())
        return Publisher(broker.url, "complaint")

    emit(sessions, filed("1"), filed("2"))
    with running(relay_of(sessions, connect)):
        time.sleep(4)
        assert (2, True) == (unpublished(sessions), 2 <= len(connected) <= 12)
        servers.broker.ask("DELETE", "policies", broker.name, "full")
        until(lambda: unpublished(sessions) == 0)
    came = {one for one in sequences(broker.url, "dispatch.inbox") if one != "full"}
    assert {"complaint/1", "complaint/2"} == came


def fill(url: str) -> None:
    """Publish until the queue refuses; its limit is honoured a moment after it was set."""
    row = Row(body='{"subject":"full","sequence":1}')

    def refused() -> bool:
        publisher = Publisher(url, "test")
        try:
            publisher.publish([row, row])
        except PublishFailed as failure:
            return "refused by a queue" in str(failure)
        finally:
            publisher.close()
        return False

    until(refused)


def test_without_an_exchange_nothing_is_marked(sessions: Sessions, vhost: Vhost) -> None:
    emit(sessions, filed("1"))
    with pytest.raises(PublishFailed, match=r"no exchange 'huiyin\.events'"):
        relay_of(sessions, lambda: Publisher(vhost.url, "complaint")).relay_once()
    assert 1 == unpublished(sessions)


def test_an_event_that_no_queue_takes_is_not_marked(sessions: Sessions, broker: Vhost) -> None:
    emit(sessions, filed("1"))
    unbind_all(broker.url)
    with pytest.raises(PublishFailed, match=r"unroutable: complaint\.filed\.v1"):
        relay_of(sessions, lambda: Publisher(broker.url, "complaint")).relay_once()
    assert 1 == unpublished(sessions)


def unbind_all(url: str) -> None:
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        for binding in topology.BINDINGS:
            channel.queue_unbind(binding.queue, binding.exchange, binding.key)


def test_a_lost_connection_is_made_anew(
    servers: Servers, sessions: Sessions, broker: Vhost
) -> None:
    with running(relay_of(sessions, lambda: Publisher(broker.url, "complaint"))):
        emit(sessions, filed("1"))
        until(lambda: unpublished(sessions) == 0)
        until(lambda: cut_connections(servers, broker) > 0)
        emit(sessions, filed("2"))
        until(lambda: unpublished(sessions) == 0)
    assert {"complaint/1", "complaint/2"} == set(sequences(broker.url, "dispatch.inbox"))


def cut_connections(servers: Servers, broker: Vhost) -> int:
    listed = servers.broker.ask("GET", "vhosts", broker.name, "connections").json()
    for connection in listed:
        servers.broker.ask("DELETE", "connections", connection["name"])
    return len(listed)


def test_a_silent_link_is_given_up_at_the_deadline_and_the_rows_go_over_a_new_one(
    sessions: Sessions, broker: Vhost
) -> None:
    with StallingProxy(broker.url) as proxy:
        relay = relay_of(sessions, lambda: Publisher(proxy.url, "complaint", deadline_seconds=1.0))
        with running(relay):
            emit(sessions, filed("1"))
            until(lambda: unpublished(sessions) == 0)
            proxy.stall()
            emit(sessions, filed("2"))
            assert 0.9 <= until(lambda: unpublished(sessions) == 0) < 10


def test_a_publisher_that_failed_leaves_no_thread_and_no_socket(broker: Vhost) -> None:
    with StallingProxy(broker.url) as proxy:
        publisher = Publisher(proxy.url, "complaint", deadline_seconds=0.3)
        proxy.stall()
        with pytest.raises(PublishFailed, match="no confirmation in time"):
            publisher.publish([Row()])
        publisher.close()
        until(lambda: proxy.open_clients() == 0)
    names = [thread.name for thread in threading.enumerate()]
    assert "complaint-publisher" not in names


def test_many_messages_leave_in_few_writes(broker: Vhost) -> None:
    publisher = Publisher(broker.url, "complaint")
    before = publisher.frames_sent
    publisher.publish([Row() for _ in range(1000)])
    assert 10 == publisher.frames_sent - before
    publisher.close()
    assert 1000 == len(taken(broker.url, "dispatch.inbox"))


def test_a_publisher_without_a_broker_fails_and_says_so() -> None:
    with pytest.raises(PublishFailed, match="cannot connect"):
        Publisher("amqp://guest:guest@127.0.0.1:1/", "complaint")


def test_a_hint_wakes_the_relay_long_before_its_poll(sessions: Sessions, broker: Vhost) -> None:
    engine = sessions.kw["bind"]
    relay = relay_of(sessions, lambda: Publisher(broker.url, "complaint"), poll_seconds=60)
    teller = Teller(engine)
    listener = Listener(engine, relay.wake)
    with running(relay):
        emit(sessions, filed("1"))
        teller.told()
        until(lambda: unpublished(sessions) == 0)
        time.sleep(0.3)
        emit(sessions, filed("2"))
        teller.told()
        assert until(lambda: unpublished(sessions) == 0) < 5
    listener.stop()
    teller.stop()


def test_many_hints_at_once_become_few(sessions: Sessions) -> None:
    woken: list[float] = []
    engine = sessions.kw["bind"]
    listener = Listener(engine, lambda: woken.append(time.monotonic()))
    teller = Teller(engine)
    until(lambda: len(woken) == 1)
    started = time.monotonic()
    for _ in range(1000):
        teller.told()
    took = time.monotonic() - started
    until(lambda: len(woken) >= 2)
    time.sleep(0.3)
    assert (True, True) == (took < 0.5, len(woken) <= 2 + (took + 0.1) / 0.005)
    listener.stop()
    teller.stop()


def test_a_hint_to_a_database_that_is_away_costs_nothing_and_raises_nothing() -> None:
    engine = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    teller = Teller(engine)
    started = time.monotonic()
    for _ in range(100):
        teller.told()
    assert time.monotonic() - started < 1
    teller.stop()
