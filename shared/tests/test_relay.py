"""The relay on SQLite: order, marks, leases, and what happens when the broker is away."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from shared import memory_broker
from shared.clock import SimulatedClock
from shared.database import connect
from shared.ids import new_id
from shared.memory_broker import MemoryPublisher, receipts
from shared.outgoing import Outgoing, Publishes, PublishFailed
from shared.relay import LeaseLost, Relay, pending
from shared.tables import leases, outbox, plumbing

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PRIVATE_BODY = '{"data":{"phone":"13800000000"}}'

Sessions = sessionmaker[Session]


class Wire:
    """Stands for a broker: keeps what is published, and fails as often as it was told to."""

    blocked = False

    def __init__(self, *, failing: int = 0) -> None:
        self.heard: list[str] = []
        self.sends = 0
        self.connected = 0
        self.failing = failing
        self.during: Callable[[], None] = lambda: None
        self.holding: threading.Event | None = None

    def connect(self) -> "Wire":
        self.connected += 1
        return self

    def send(self, rows: Sequence[Outgoing]) -> "Wire":
        if self.failing:
            self.failing -= 1
            raise PublishFailed("the broker is away")
        self.sends += 1
        self.heard += [f"complaint/{row.position}" for row in rows]  # type: ignore[attr-defined]
        return self

    def wait(self, seconds: float) -> bool:
        self.during()
        return self.holding is None or self.holding.wait(seconds)

    def close(self) -> None:
        self.holding = None


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[Sessions]:
    engine = connect(f"sqlite:///{tmp_path}/service.db", application="test")
    plumbing.create_all(engine)
    yield sessionmaker(engine)
    engine.dispose()


@pytest.fixture
def clock(tmp_path: Path) -> SimulatedClock:
    return SimulatedClock(tmp_path / "clock.json", NOW + timedelta(minutes=5))


@pytest.fixture
def make(sessions: Sessions, clock: SimulatedClock) -> Callable[..., Relay]:
    def made(wire: Wire, **options: float) -> Relay:
        return Relay(sessions, wire.connect, service="complaint", clock=clock, **options)  # type: ignore[arg-type]

    return made


def put(sessions: Sessions, *positions: int, private: bool = False) -> None:
    with sessions.begin() as session:
        for position in positions:
            session.execute(
                insert(outbox).values(
                    position=position,
                    event_id=new_id(),
                    type="complaint.filed.v1",
                    subject=f"complaint/{position}",
                    sequence=1,
                    private=private,
                    body=PRIVATE_BODY if private else "{}",
                    created_at=NOW,
                )
            )


def unpublished(sessions: Sessions) -> list[int]:
    with sessions() as session:
        query = select(outbox.c.position).where(outbox.c.published_at.is_(None))
        return list(session.scalars(query.order_by(outbox.c.position)))


def subjects(*positions: int) -> list[str]:
    return [f"complaint/{position}" for position in positions]


def run(relay: Relay) -> threading.Thread:
    thread = threading.Thread(target=relay.run, daemon=True)
    thread.start()
    return thread


def until(ready: Callable[[], bool], seconds: float = 5.0) -> float:
    """Wait for ``ready``; returns how long that took."""
    started = time.monotonic()
    while not ready():
        assert time.monotonic() - started < seconds, "it did not happen in time"
        time.sleep(0.002)
    return time.monotonic() - started


def test_the_relay_sends_in_order_of_position_and_marks_at_the_time_of_the_clock(
    sessions: Sessions, make: Callable[..., Relay], clock: SimulatedClock
) -> None:
    put(sessions, 3, 1, 2)
    make(wire := Wire()).relay_once()
    with sessions() as session:
        marked = set(session.scalars(select(outbox.c.published_at)))
    assert (subjects(1, 2, 3), {clock.now()}) == (wire.heard, marked)


def test_a_backlog_of_many_batches_is_sent_once_and_in_order(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    put(sessions, *range(1, 48))
    make(wire := Wire(), batch=5).relay_once()
    assert (subjects(*range(1, 48)), []) == (wire.heard, unpublished(sessions))


def test_a_row_that_commits_late_under_a_lower_position_is_the_next_to_be_sent(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    put(sessions, 5, 6, 7, 8)
    wire = Wire()
    wire.during = lambda: put(sessions, 3) if "complaint/3" not in _all(sessions) else None
    make(wire, batch=1).relay_once()
    assert ([], subjects(5, 6, 3, 7, 8)) == (unpublished(sessions), wire.heard)


def test_behind_a_batch_that_is_not_full_nothing_is_looked_for(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    put(sessions, 1, 2)
    wire = Wire()
    wire.during = lambda: put(sessions, 3) if "complaint/3" not in _all(sessions) else None
    relay = make(wire)
    relay.relay_once()
    assert ([3], subjects(1, 2)) == (unpublished(sessions), wire.heard)
    relay.relay_once()
    assert ([], subjects(1, 2, 3)) == (unpublished(sessions), wire.heard)


def test_commits_in_a_row_share_a_round(sessions: Sessions, make: Callable[..., Relay]) -> None:
    wire = Wire()
    relay = make(wire, together_seconds=1.0, poll_seconds=10.0)
    thread = run(relay)
    put(sessions, 1)
    relay.wake()
    until(lambda: wire.heard == subjects(1))
    for position in (2, 3, 4):
        put(sessions, position)
        relay.wake()
    until(lambda: len(wire.heard) > 1)
    relay.stop()
    thread.join(5)
    assert (subjects(1, 2, 3, 4), 2) == (wire.heard, wire.sends)


def _all(sessions: Sessions) -> list[str]:
    with sessions() as session:
        return list(session.scalars(select(outbox.c.subject)))


def test_the_body_of_personal_data_is_emptied_once_sent_and_others_are_kept(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    put(sessions, 1)
    put(sessions, 2, private=True)
    make(Wire()).relay_once()
    with sessions() as session:
        bodies = list(session.scalars(select(outbox.c.body).order_by(outbox.c.position)))
    assert ["{}", ""] == bodies


def test_what_was_not_confirmed_stays_unpublished_and_keeps_its_body(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    put(sessions, 1, private=True)
    with pytest.raises(PublishFailed):
        make(Wire(failing=1)).relay_once()
    with sessions() as session:
        assert [(None, PRIVATE_BODY)] == [
            tuple(row) for row in session.execute(select(outbox.c.published_at, outbox.c.body))
        ]


def test_no_transaction_is_open_while_events_are_on_the_wire(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    put(sessions, 1)
    wire = Wire()
    wire.during = lambda: put(sessions, *([2] if len(_all(sessions)) == 1 else []))
    make(wire).relay_once()
    assert ([2], subjects(1)) == (unpublished(sessions), wire.heard)


def test_the_relay_comes_back_by_itself_after_the_broker_was_away(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    put(sessions, 1, 2)
    relay = make(wire := Wire(failing=3))
    thread = run(relay)
    until(lambda: not unpublished(sessions))
    relay.stop()
    thread.join(5)
    assert (subjects(1, 2), 4, False) == (wire.heard, wire.connected, thread.is_alive())


def test_an_error_of_any_kind_does_not_end_the_relay(
    sessions: Sessions, clock: SimulatedClock
) -> None:
    wire, errors = Wire(), [RuntimeError("once"), OSError("twice")]

    def connect_at_last() -> Publishes:
        if errors:
            raise errors.pop()
        return wire.connect()

    put(sessions, 1)
    relay = Relay(sessions, connect_at_last, service="complaint", clock=clock)
    thread = run(relay)
    until(lambda: not unpublished(sessions))
    relay.stop()
    thread.join(5)
    assert (subjects(1), False) == (wire.heard, thread.is_alive())


def test_a_wake_up_is_not_a_way_around_the_pause_after_a_failure(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    put(sessions, 1)
    relay = make(wire := Wire(failing=1_000))
    thread = run(relay)
    ends = time.monotonic() + 1.0
    while time.monotonic() < ends:
        relay.wake()
        time.sleep(0.001)
    relay.stop()
    thread.join(10)
    assert 1 <= wire.connected <= 15


def test_a_wake_up_ends_the_pause(sessions: Sessions, make: Callable[..., Relay]) -> None:
    relay = make(Wire(), poll_seconds=30)
    thread = run(relay)
    time.sleep(0.2)
    put(sessions, 1)
    relay.wake()
    assert until(lambda: not unpublished(sessions)) < 2
    relay.stop()
    thread.join(5)


def test_without_any_wake_up_the_poll_finds_what_is_new(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    relay = make(Wire(), poll_seconds=0.05)
    thread = run(relay)
    time.sleep(0.1)
    put(sessions, 1)
    until(lambda: not unpublished(sessions))
    relay.stop()
    thread.join(5)


def test_a_second_relay_sends_nothing_until_the_first_has_left(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    first, second = make(Wire()), make(wire := Wire())
    first.relay_once()
    put(sessions, 1)
    second.relay_once()
    assert [] == wire.heard
    first.stop()
    first.run()
    until(lambda: second.relay_once() or bool(wire.heard))
    assert subjects(1) == wire.heard


def test_a_relay_that_lost_its_lease_while_sending_marks_nothing(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    put(sessions, 1)
    wire = Wire()
    wire.during = lambda: _take_over(sessions)
    with pytest.raises(LeaseLost):
        make(wire).relay_once()
    assert ([1], subjects(1)) == (unpublished(sessions), wire.heard)


def _take_over(sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.execute(update(leases).values(holder="another", epoch=leases.c.epoch + 1))


def test_stopping_finishes_and_marks_what_is_on_its_way_and_sends_no_more(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    put(sessions, 1, 2, 3)
    wire = Wire()
    wire.holding = holding = threading.Event()
    relay = make(wire, batch=1)
    thread = run(relay)
    until(lambda: len(wire.heard) == 2)
    relay.stop()
    holding.set()
    thread.join(5)
    assert ([3], False) == (unpublished(sessions), thread.is_alive())


def test_the_relay_marks_only_what_every_inbox_of_the_embedded_broker_has(
    sessions: Sessions, clock: SimulatedClock
) -> None:
    memory_broker.reset()
    put(sessions, 1)
    relay = Relay(sessions, lambda: MemoryPublisher("complaint"), service="complaint", clock=clock)
    thread = run(relay)
    waiting = [_only_event(sessions)]
    until(lambda: receipts.missing(waiting) == {"customer": 1, "dispatch": 1, "notify": 1})
    for service in ("customer", "dispatch"):
        receipts.confirm(service, waiting[0])
    time.sleep(0.1)
    assert [1] == unpublished(sessions)
    receipts.confirm("notify", waiting[0])
    until(lambda: not unpublished(sessions))
    relay.stop()
    thread.join(5)
    memory_broker.reset()


def _only_event(sessions: Sessions):
    with sessions() as session:
        return session.scalars(select(outbox.c.event_id)).one()


def test_the_backlog_counts_what_is_unpublished_and_how_long_it_waits(
    sessions: Sessions, make: Callable[..., Relay]
) -> None:
    put(sessions, 1, 2)
    with sessions() as session:
        assert (2, 90.0) == (
            (backlog := pending(session)).count,
            backlog.age_seconds(NOW + timedelta(seconds=90)),
        )
    make(Wire()).relay_once()
    with sessions() as session:
        assert (0, 0.0) == ((empty := pending(session)).count, empty.age_seconds(NOW))
