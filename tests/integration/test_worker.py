"""The worker between a real RabbitMQ and a real PostgreSQL, and the ways in which both can fail."""

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import click
import pika
import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session, sessionmaker

import effects_worker
from effects_worker import database_of, effects_in, firings, set_timers, worker_of
from server_admin import Vhost
from servers import Servers
from shared import consuming, link, topology
from shared.clock import Clock, SystemClock
from shared.dead_letters import dead_letters
from shared.firing import Firing
from shared.inbox import store as store_batch
from shared.reading_envelopes import Delivery
from shared.tables import audit, inbox, inbox_quarantine, inbox_subjects, timers
from shared.testing_inbox import delivered
from shared.transaction import Begin, Transaction, beginner
from shared.worker import Worker
from stalling_proxy import StallingProxy

Sessions = sessionmaker[Session]
INBOX, DEAD = "dispatch.inbox", "dispatch.dlq"


@pytest.fixture
def sessions(database: str) -> Iterator[Sessions]:
    with database_of(database) as made:
        yield made


@pytest.fixture
def broker(vhost: Vhost) -> Vhost:
    topology.declare(vhost.url)
    return vhost


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


def test_repeated_and_shuffled_events_are_applied_once_and_in_order_by_two_workers(
    sessions: Sessions, broker: Vhost
) -> None:
    chosen = random.Random(11)
    deliveries = [one for one in events(10, 30) for _ in range(chosen.randint(1, 5))]
    chosen.shuffle(deliveries)
    publish(broker.url, deliveries)
    one, other = (worker_of(sessions, broker.url, appliers=2) for _ in range(2))
    with running(one), running(other):
        until(lambda: sum(map(len, effects_in(sessions).values())) >= 300)
        until(lambda: depth(broker.url) == 0)
    assert effects_in(sessions) == expected(10, 30)


def test_the_same_batch_stored_by_five_at_once_is_stored_once(
    sessions: Sessions, broker: Vhost
) -> None:
    deliveries = events(20, 10)
    barrier = threading.Barrier(5)
    stored: list[int] = []

    def store() -> None:
        mine = list(deliveries)
        random.Random(threading.get_ident()).shuffle(mine)
        barrier.wait()
        with sessions.begin() as session:
            now = SystemClock().now()
            stored.append(store_batch(session, mine, now=now).fresh)

    threads = [threading.Thread(target=store) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sum(stored), len(stored)) == (200, 5)
    with running(worker_of(sessions, broker.url, appliers=3)):
        until(lambda: effects_in(sessions) == expected(20, 10))
    assert count(sessions, inbox) == 200


def test_subjects_that_wait_or_are_parked_are_not_hurried_by_what_comes_behind(
    sessions: Sessions,
) -> None:
    later = SystemClock().now() + timedelta(minutes=5)
    of = inbox_subjects
    with sessions.begin() as session:
        store_batch(session, events(3, 1), now=SystemClock().now())
        session.execute(update(of).where(of.c.subject == "complaint/0").values(due_at=later))
        parked = {"due_at": None, "parked": True}
        session.execute(update(of).where(of.c.subject == "complaint/1").values(parked))
        session.execute(update(of).where(of.c.subject == "complaint/2").values(due_at=None))
        store_batch(session, events(3, 2)[3:], now=SystemClock().now())
    with sessions() as session:
        due = dict(session.execute(select(of.c.subject, of.c.due_at)).all())
    assert (due["complaint/0"], due["complaint/1"]) == (later, None)
    assert due["complaint/2"] < later


def test_a_worker_killed_between_commit_and_acknowledgement_has_no_effect_twice(
    sessions: Sessions, broker: Vhost, database: str
) -> None:
    publish(broker.url, events(5, 10))
    killed = subprocess.run([*PROGRAM, database, broker.url, "die-before-ack"], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert count(sessions, inbox) > 0
    with running(worker_of(sessions, broker.url)):
        until(lambda: effects_in(sessions) == expected(5, 10))
        until(lambda: depth(broker.url) == 0)
    assert effects_in(sessions) == expected(5, 10)


PROGRAM = [sys.executable, effects_worker.__file__]


def test_workers_killed_at_random_lose_nothing_and_do_nothing_twice(
    sessions: Sessions, broker: Vhost, database: str
) -> None:
    chosen = random.Random(5)
    publish(broker.url, events(25, 20))
    for _ in range(4):
        with subprocess.Popen([*PROGRAM, database, broker.url, "slow"]) as program:
            before = len(effects_in(sessions))
            until(lambda seen=before: sum(map(len, effects_in(sessions).values())) > seen)
            time.sleep(chosen.uniform(0, 0.5))
            program.kill()
    with running(worker_of(sessions, broker.url)):
        until(lambda: sum(map(len, effects_in(sessions).values())) >= 500)
    assert effects_in(sessions) == expected(25, 20)
    assert depth(broker.url, DEAD) == 0


def test_a_worker_that_is_asked_to_end_finishes_what_is_in_hand_and_exits_with_zero(
    sessions: Sessions, broker: Vhost, database: str
) -> None:
    publish(broker.url, events(10, 20))
    with subprocess.Popen([*PROGRAM, database, broker.url, "slow"]) as program:
        until(lambda: len(effects_in(sessions)) > 0)
        program.send_signal(signal.SIGTERM)
        started = time.monotonic()
        assert program.wait(20) == 0
        assert time.monotonic() - started < 10
    with running(worker_of(sessions, broker.url)):
        until(lambda: effects_in(sessions) == expected(10, 20))


def test_poison_goes_to_quarantine_and_the_next_message_passes(
    sessions: Sessions, broker: Vhost
) -> None:
    good = delivered()
    bodies = [b"", b"\xff", b"{}", b"[" * 100_000, b"x" * 1_100_000, good.raw[:-1]]
    bodies += [json.dumps({**json.loads(good.raw), "sequence": n}).encode() for n in (0, -1, "1")]
    publish(broker.url, [replace(good, raw=raw) for raw in bodies])
    publish(broker.url, [replace(good, content_type="application/x-python-serialize"), good])
    with running(worker_of(sessions, broker.url)):
        assert until(lambda: effects_in(sessions) == {"complaint/1": [1]}) < 5
        until(lambda: depth(broker.url) == 0)
    assert count(sessions, inbox_quarantine) == len(bodies) + 1
    with sessions() as session:
        assert set(session.scalars(select(inbox_quarantine.c.raw))) == {*bodies, good.raw}


def test_a_parked_event_lets_all_other_subjects_go_on(sessions: Sessions, broker: Vhost) -> None:
    publish(broker.url, [delivered(subject="complaint/x", sequence=n) for n in (1, 2)])
    with sessions.begin() as session:
        session.execute(text("ALTER TABLE effects ADD CHECK (subject <> 'complaint/x')"))
    with running(worker_of(sessions, broker.url)):
        publish(broker.url, events(5, 5))
        until(lambda: effects_in(sessions) == expected(5, 5))
    with sessions() as session:
        row = session.execute(select(inbox).where(inbox.c.attempts > 0)).one()
    assert (row.subject, row.sequence, row.state) == ("complaint/x", 1, "pending")
    assert row.last_error.startswith("IntegrityError 23514 at ")


def test_a_silent_link_is_noticed_within_two_heartbeats(
    sessions: Sessions, broker: Vhost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "HEARTBEAT_SECONDS", 2)
    with StallingProxy(broker.url) as proxy, running(worker_of(sessions, proxy.url)):
        publish(broker.url, events(1, 1))
        until(lambda: effects_in(sessions) == expected(1, 1))
        proxy.stall()
        publish(broker.url, [delivered(subject="complaint/0", sequence=2)])
        assert until(lambda: effects_in(sessions) == {"complaint/0": [1, 2]}) < 2 * 2 + 3


def test_a_queue_that_was_deleted_is_read_again_once_it_stands(
    sessions: Sessions, broker: Vhost
) -> None:
    with running(worker_of(sessions, broker.url)) as worker:
        until(lambda: worker.checks()["consumer"])
        with channel_to(broker.url) as channel:
            channel.queue_delete(INBOX)
        until(lambda: not worker.checks()["consumer"])
        topology.declare(broker.url)
        publish(broker.url, events(1, 1))
        assert until(lambda: effects_in(sessions) == expected(1, 1)) < 8
        assert worker.checks()["consumer"]


def test_a_link_that_delivers_nothing_although_messages_wait_is_given_up(
    sessions: Sessions, broker: Vhost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consuming, "SILENT_SECONDS", 0.5)
    alone = {**topology.INBOXES[2].arguments, "x-single-active-consumer": True}
    with channel_to(broker.url) as other:
        other.queue_delete(INBOX)
        other.queue_declare(INBOX, durable=True, arguments=alone)
        other.queue_bind(INBOX, topology.EVENTS, "complaint.#")
        other.basic_qos(prefetch_count=1)
        other.basic_consume(INBOX, lambda *_: None)
        publish(broker.url, events(1, 2))
        until(lambda: depth(broker.url) == 1)
        worker = worker_of(sessions, broker.url)
        with running(worker):
            until(lambda: worker.deaf)
    with running(worker_of(sessions, broker.url)):
        until(lambda: effects_in(sessions) == expected(1, 2))


def test_while_the_database_is_away_no_message_is_asked_for(
    sessions: Sessions, broker: Vhost, servers: Servers, database: str
) -> None:
    name = database.rpartition("/")[2]
    with running(worker_of(sessions, broker.url)) as worker:
        until(lambda: all(worker.checks().values()))
        administer(servers, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        administer(servers, f"{ended} '{name}'")
        publish(broker.url, events(5, 10))
        until(lambda: not any(worker.checks()[one] for one in ("consumer", "database")))
        time.sleep(4)
        with channel_to(broker.url) as channel:
            got, properties, _ = channel.basic_get(INBOX)
            channel.basic_reject(got.delivery_tag)
        delivered_again = (properties.headers or {}).get("x-delivery-count", 0)
        assert (got.message_count, delivered_again <= 1) == (49, True)
        administer(servers, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        until(lambda: count(sessions, inbox) == 50)
        until(lambda: effects_in(sessions) == expected(5, 10))
    assert depth(broker.url, DEAD) == 0


def administer(servers: Servers, statement: str) -> None:
    import psycopg

    url = servers.postgres_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


@dataclass
class Settings:
    broker_url: str
    trusted_publishers: str = "guest,huiyin"


@dataclass
class Parts:
    sessions: Sessions
    begin: Begin[Transaction]
    clock: Clock
    settings: Settings


def test_messages_of_the_dead_letter_queue_become_rows_of_the_inbox(
    sessions: Sessions, broker: Vhost
) -> None:
    publish(broker.url, events(2, 3))
    with channel_to(broker.url) as channel:
        for _ in range(6):
            got, _, _ = channel.basic_get(INBOX)
            channel.basic_reject(got.delivery_tag, requeue=False)
    until(lambda: depth(broker.url, DEAD) == 6)
    tool = tool_of(sessions, broker)
    assert "6 in dispatch.dlq" in CliRunner().invoke(tool, ["list"]).stderr
    done = CliRunner().invoke(tool, ["replay", "--all"])
    assert (done.exit_code, done.stdout) == (0, "took in 6 of dispatch.dlq\n")
    assert depth(broker.url, DEAD) == 0
    with running(worker_of(sessions, broker.url)):
        until(lambda: effects_in(sessions) == expected(2, 3))
    assert count(sessions, inbox_quarantine) == 0


def tool_of(sessions: Sessions, broker: Vhost) -> click.Group:
    begin = beginner(sessions, Transaction, "dispatch")
    parts = Parts(sessions, begin, SystemClock(), Settings(broker.url))
    return dead_letters("dispatch", lambda: parts)


def test_a_gap_is_healed_from_the_log(sessions: Sessions, broker: Vhost) -> None:
    deliveries = events(2, 300)
    publish(broker.url, deliveries[:10])
    with channel_to(broker.url) as channel:
        channel.queue_unbind(INBOX, topology.EVENTS, "complaint.#")
        publish(broker.url, [*deliveries[10:500], delivered("dispatch.work_order_opened.v1")])
    topology.declare(broker.url)
    publish(broker.url, deliveries[500:])
    with running(worker_of(sessions, broker.url)):
        until(lambda: depth(broker.url) == 0)
        until(lambda: effects_in(sessions) == expected(2, 5))
        healed = CliRunner().invoke(tool_of(sessions, broker), ["heal", "--actor", "li"])
        assert (healed.exit_code, healed.stdout) == (0, "490 events were missing\n")
        until(lambda: effects_in(sessions) == expected(2, 300))
    assert count(sessions, inbox_quarantine) == 0
    with sessions() as session:
        assert session.execute(select(audit.c.actor, audit.c.action)).all() == [
            ("li", "log.replayed")
        ]


def test_two_thousand_timers_fire_once_each_from_three_threads(sessions: Sessions) -> None:
    set_timers(sessions, 2_000)
    options = {"clock": SystemClock(), "real": SystemClock()}
    begin = beginner(sessions, Transaction, "dispatch")
    handlers = {"remind": effects_worker.on_remind}
    firing = Firing(service="dispatch", begin=begin, timers=handlers, **options)

    def fire() -> None:
        while firing.fire_next():
            pass

    threads = [threading.Thread(target=fire) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sessions() as session:
        fired = sorted(session.scalars(select(firings.c.subject)))
    assert fired == sorted(f"complaint/{number}" for number in range(2_000))
    assert count(sessions, timers) == 0


def test_a_subject_in_the_hands_of_one_applier_is_left_alone_by_the_others(
    sessions: Sessions, broker: Vhost
) -> None:
    with sessions.begin() as session:
        store_batch(session, events(2, 1), now=SystemClock().now())
    with sessions.begin() as session:
        held = select(inbox_subjects).where(inbox_subjects.c.subject == "complaint/0")
        session.execute(held.with_for_update())
        with running(worker_of(sessions, broker.url, appliers=2)):
            until(lambda: effects_in(sessions) == {"complaint/1": [1]})
            time.sleep(0.3)
            assert effects_in(sessions) == {"complaint/1": [1]}
    with running(worker_of(sessions, broker.url)):
        until(lambda: effects_in(sessions) == {"complaint/1": [1], "complaint/0": [1]})
