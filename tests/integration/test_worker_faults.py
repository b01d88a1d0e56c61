"""The worker is killed, cut off and starved; nothing is lost and nothing done twice."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

import effects_worker
from effects_worker import database_of, effects_in, worker_of
from server_admin import Vhost
from servers import Servers
from shared import consuming, link, topology
from shared.tables import inbox
from shared.testing_inbox import delivered
from stalling_proxy import StallingProxy
from worker_bench import (
    DEAD,
    INBOX,
    Sessions,
    channel_to,
    count,
    depth,
    events,
    expected,
    publish,
    running,
    until,
)

PROGRAM = [sys.executable, effects_worker.__file__]


@pytest.fixture
def sessions(database: str) -> Iterator[Sessions]:
    with database_of(database) as made:
        yield made


@pytest.fixture
def broker(vhost: Vhost) -> Vhost:
    topology.declare(vhost.url)
    return vhost


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
