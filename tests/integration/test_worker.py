"""The worker between a real RabbitMQ and a real PostgreSQL."""

import json
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import select, text, update

import effects_worker
from effects_worker import database_of, effects_in, firings, set_timers, worker_of
from server_admin import Vhost
from shared import topology
from shared.clock import Clock, SystemClock
from shared.dead_letters import dead_letters
from shared.firing import Firing
from shared.inbox import store as store_batch
from shared.tables import audit, inbox, inbox_quarantine, inbox_subjects, timers
from shared.testing_inbox import delivered
from shared.transaction import Begin, Transaction, beginner
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


@pytest.fixture
def sessions(database: str) -> Iterator[Sessions]:
    with database_of(database) as made:
        yield made


@pytest.fixture
def broker(vhost: Vhost) -> Vhost:
    topology.declare(vhost.url)
    return vhost


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
