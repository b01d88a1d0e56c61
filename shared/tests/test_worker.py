"""The whole worker in one process: the embedded broker, SQLite in a file, and its threads."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import pytest
from marshmallow import EXCLUDE, Schema
from sqlalchemy import Column, MetaData, String, Table, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from shared import memory_broker
from shared.clock import SimulatedClock, SystemClock
from shared.database import connect
from shared.envelope import Received
from shared.inbox import store
from shared.loops import Loop
from shared.memory_broker import MemoryPublisher
from shared.outgoing import PublishFailed
from shared.reading_envelopes import Delivery
from shared.subscriptions import Fired, Subscription
from shared.tables import inbox, inbox_quarantine, inbox_subjects, outbox, plumbing
from shared.testing_inbox import delivered
from shared.transaction import Transaction, beginner
from shared.worker import Job, Worker
from shared.worker_metrics import GAPS, OLDEST_DUE, PARKED, QUARANTINED
from shared.worker_watch import Watch

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
state = MetaData()
seen = Table("seen", state, Column("what", String, primary_key=True))


class Reading(Schema):
    class Meta:
        unknown = EXCLUDE


@dataclass(frozen=True)
class Outgoing:
    """A row of a publisher's outbox."""

    event_id: UUID
    type: str
    body: str
    private: bool = False
    created_at: datetime = START


@dataclass(frozen=True)
class Opened:
    type: ClassVar[str] = "dispatch.opened.v1"
    subject: ClassVar[str] = "opened/{id}"
    id: str


def on_filed(tx: Transaction, event: Received, data: dict[str, Any]) -> None:
    tx.session.execute(insert(seen).values(what=f"{event.subject}#{event.sequence}"))
    tx.set_timer("remind", event.subject, tx.now + timedelta(hours=1))


def on_remind(tx: Transaction, fired: Fired) -> None:
    tx.session.execute(insert(seen).values(what=f"reminded {fired.subject}"))


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    memory_broker.reset()
    engine = connect(f"sqlite:///{tmp_path}/dispatch.db", application="test")
    for metadata in (plumbing, state):
        metadata.create_all(engine)
    yield sessionmaker(engine)
    engine.dispose()
    memory_broker.reset()


@pytest.fixture
def clock(tmp_path: Path) -> SimulatedClock:
    return SimulatedClock(tmp_path / "clock.json", START)


@pytest.fixture
def worker(sessions: sessionmaker[Session], clock: SimulatedClock) -> Iterator[Worker]:
    made = make(sessions, clock)
    made.start()
    yield made
    assert made.stop()


def make(sessions: sessionmaker[Session], clock: SimulatedClock, *jobs: Job) -> Worker:
    return Worker(
        service="dispatch",
        sessions=sessions,
        begin=beginner(sessions, Transaction, "dispatch"),
        clock=clock,
        subscriptions={"complaint.filed.v1": Subscription(Reading(), on_filed)},
        timers={"remind": on_remind},
        broker_url="memory://",
        appliers=2,
        jobs=jobs,
    )


def outgoing(one: Delivery) -> Outgoing:
    return Outgoing(UUID(one.message_id), str(one.routing_key), one.raw.decode())


def publish(*deliveries: Delivery) -> None:
    publisher = MemoryPublisher("complaint", who=lambda _row: ["dispatch"])
    try:
        publisher.publish([outgoing(one) for one in deliveries])
    finally:
        publisher.close()


def what_was_seen(sessions: sessionmaker[Session]) -> set[str]:
    with sessions() as session:
        return set(session.scalars(select(seen.c.what)))


def until(done: Callable[[], bool], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def test_an_event_is_stored_before_its_publisher_believes_it_and_then_applied(
    worker: Worker, sessions: sessionmaker[Session]
) -> None:
    publish(*(delivered(sequence=n) for n in range(1, 31)))
    with sessions() as session:
        assert len(session.execute(select(inbox)).all()) == 30
    until(lambda: what_was_seen(sessions) == {f"complaint/1#{n}" for n in range(1, 31)})


def test_a_poisonous_message_is_confirmed_from_quarantine_and_the_next_one_passes(
    worker: Worker, sessions: sessionmaker[Session]
) -> None:
    publish(delivered(sequence=0), delivered())
    until(lambda: what_was_seen(sessions) == {"complaint/1#1"})
    with sessions() as session:
        assert session.scalars(select(inbox_quarantine.c.reason)).all() == ["sequence"]


def test_without_a_worker_the_publisher_is_not_told_that_its_event_is_safe(
    sessions: sessionmaker[Session],
) -> None:
    publisher = MemoryPublisher("complaint", who=lambda _row: ["dispatch"], deadline_seconds=0.2)
    with pytest.raises(PublishFailed):
        publisher.publish([outgoing(delivered())])
    publisher.close()


def test_a_timer_fires_when_the_clock_is_moved_and_the_worker_woken(
    worker: Worker, sessions: sessionmaker[Session], clock: SimulatedClock
) -> None:
    publish(delivered())
    until(lambda: what_was_seen(sessions) == {"complaint/1#1"})
    clock.move(START + timedelta(hours=1))
    with sessions() as session:
        assert not worker.idle(session)
    worker.wake()
    until(lambda: "reminded complaint/1" in what_was_seen(sessions))
    with sessions() as session:
        assert worker.idle(session)


def test_a_worker_is_ready_while_its_threads_broker_and_database_answer(worker: Worker) -> None:
    until(lambda: all(worker.checks().values()))
    assert worker.checks() == {"consumer": True, "threads": True, "database": True}
    worker.stop()
    assert worker.checks() == {"consumer": False, "threads": False, "database": True}


def test_a_job_runs_in_a_loop_of_its_own_and_is_told_to_stop(
    sessions: sessionmaker[Session], clock: SimulatedClock
) -> None:
    done = threading.Semaphore(0)
    asked: list[bool] = []

    def work(stop: threading.Event) -> bool:
        done.release()
        asked.append(stop.wait(5))
        return False

    worker = make(sessions, clock, Job("sender", work))
    worker.start()
    assert done.acquire(timeout=10)
    assert worker.stop()
    assert asked == [True]


def test_a_stop_that_takes_too_long_is_said_and_not_waited_for(
    sessions: sessionmaker[Session], clock: SimulatedClock
) -> None:
    entered, release = threading.Event(), threading.Event()

    def stuck(_stop: threading.Event) -> bool:
        entered.set()
        return not release.wait(30)

    worker = make(sessions, clock, Job("stuck", stuck))
    worker.start()
    assert entered.wait(10)
    began = time.monotonic()
    assert not worker.stop(seconds=1.5)
    assert time.monotonic() - began < 5
    release.set()
    assert worker.stop()


def test_a_loop_outlives_what_its_work_raises() -> None:
    tries = threading.Semaphore(0)

    def work() -> bool:
        tries.release()
        raise ZeroDivisionError

    loop = Loop("fragile", work, rest=60)
    loop.start()
    for _ in range(3):
        assert tries.acquire(timeout=10)
    loop.stop()
    assert loop.join(time.monotonic() + 10)


def test_a_service_is_idle_only_when_nothing_is_due_unpublished_or_to_be_applied(
    sessions: sessionmaker[Session], clock: SimulatedClock
) -> None:
    worker = make(sessions, clock)
    with sessions.begin() as session:
        assert worker.idle(session)
        store(session, [delivered()], now=SystemClock().now())
        assert not worker.idle(session)
        session.execute(update(inbox_subjects).values(due_at=None))
        assert worker.idle(session)
    begin = beginner(sessions, Transaction, "dispatch")
    with begin(now=START) as tx:
        tx.set_timer("remind", "complaint/1", START + timedelta(seconds=1))
    with sessions() as session:
        assert worker.idle(session)
    clock.move(START + timedelta(seconds=1))
    with sessions() as session:
        assert not worker.idle(session)
    with begin(now=START) as tx:
        tx.cancel_timer("remind", "complaint/1")
        tx.emit(Opened("1"))
    with sessions.begin() as session:
        assert not worker.idle(session)
        session.execute(update(outbox).values(published_at=START))
        assert worker.idle(session)


def test_gaps_are_alarmed_once_after_a_minute_and_figures_are_kept(
    sessions: sessionmaker[Session], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    real = SimulatedClock(tmp_path / "real.json", START)
    watch = Watch(service="watched", sessions=sessions, real=real)
    with sessions.begin() as session:
        poison = replace(delivered(), raw=b"?")
        subjects = [delivered(subject=f"complaint/{n}", sequence=2) for n in (1, 2, 3)]
        store(session, [poison, *subjects], now=START)
        one = update(inbox_subjects).where(inbox_subjects.c.subject == "complaint/1")
        session.execute(one.values(gap_since=START, due_at=None))
        two = update(inbox_subjects).where(inbox_subjects.c.subject == "complaint/2")
        session.execute(two.values(parked=True, due_at=None))
    for seconds, gaps, alarms in ((59, 0, 0), (1, 1, 1), (30, 1, 1)):
        real.move(real.now() + timedelta(seconds=seconds))
        assert not watch.look()
        assert GAPS.labels("watched")._value.get() == gaps
        assert caplog.text.count("an event has been missing") == alarms
    assert PARKED.labels("watched")._value.get() == 1
    assert QUARANTINED.labels("watched")._value.get() == 1
    assert OLDEST_DUE.labels("watched")._value.get() == 90
