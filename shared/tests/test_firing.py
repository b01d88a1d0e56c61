"""A timer fires once, when it is due, in one transaction with what its handler does."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, String, Table, insert, select, text

from shared.clock import SimulatedClock
from shared.firing import Firing
from shared.org_units import CalendarMissing, UnitCycle
from shared.policy import PolicyMissing
from shared.rules import RuleBroken, UnitUnknown, WrongState
from shared.subscriptions import Fired
from shared.tables import journal, timers
from shared.testing import memory
from shared.transaction import Transaction, beginner

START = datetime(2030, 1, 1, 9, 0, tzinfo=UTC)
REAL = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
state = MetaData()
seen = Table("seen", state, Column("what", String, primary_key=True))


class Bench:
    """A service with one kind of timer, and both of its clocks in the test's hands."""

    def __init__(self, tmp_path: Path) -> None:
        self.sessions = memory(state)
        self.begin = beginner(self.sessions, Transaction, "complaint")
        self.clock = SimulatedClock(tmp_path / "business.json", START)
        self.real = SimulatedClock(tmp_path / "real.json", REAL)
        self.then: Callable[[Transaction, Fired], None] = lambda _tx, _fired: None
        self.firing = Firing(
            service="complaint",
            begin=self.begin,
            timers={"escalate": self._handle},
            clock=self.clock,
            real=self.real,
            wait=lambda attempt, *, first, cap: min(cap, first * 2 ** (attempt - 1)),
        )

    def set(self, subject: str, minutes: float, kind: str = "escalate", **data: Any) -> None:
        with self.begin(now=START) as tx:
            tx.set_timer(kind, subject, START + timedelta(minutes=minutes), **data)

    def fire(self) -> None:
        while self.firing.fire_next():
            pass

    def rows(self, query: Any) -> list[tuple[Any, ...]]:
        with self.sessions() as session:
            return [tuple(row) for row in session.execute(query)]

    @property
    def seen(self) -> list[str]:
        return [what for (what,) in self.rows(select(seen.c.what).order_by(text("rowid")))]

    def timer(self) -> tuple[Any, ...]:
        of = timers.c
        (row,) = self.rows(select(of.attempts, of.retry_at, of.parked, of.last_error))
        return row

    def _handle(self, tx: Transaction, fired: Fired) -> None:
        what = f"{fired.subject} due {fired.due_at:%H:%M} at {tx.now:%H:%M} {fired.data}"
        tx.session.execute(insert(seen).values(what=what))
        self.then(tx, fired)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def failing(error: Exception, *, times: int = 10**9) -> Callable[[Transaction, Fired], None]:
    left = [times]

    def fail(_tx: Transaction, _fired: Fired) -> None:
        if left[0]:
            left[0] -= 1
            raise error

    return fail


def test_a_timer_fires_when_the_clock_reaches_it_and_not_a_second_before(bench: Bench) -> None:
    bench.set("complaint/1", 30, level=2)
    bench.clock.move(START + timedelta(minutes=30, seconds=-1))
    assert not bench.firing.fire_next()
    bench.clock.move(START + timedelta(minutes=30))
    assert bench.firing.fire_next()
    assert not bench.firing.fire_next()
    assert bench.seen == ["complaint/1 due 09:30 at 09:30 {'level': 2}"]
    assert bench.rows(select(timers)) == []


def test_late_timers_fire_once_each_in_the_order_in_which_they_were_due(bench: Bench) -> None:
    for minutes in (3, 1, 2):
        bench.set(f"complaint/{minutes}", minutes)
    bench.clock.move(START + timedelta(hours=1))
    bench.fire()
    assert bench.seen == [f"complaint/{n} due 09:0{n} at 10:00 {{}}" for n in (1, 2, 3)]


def test_a_timer_may_set_itself_anew(bench: Bench) -> None:
    def again(tx: Transaction, fired: Fired) -> None:
        tx.set_timer("escalate", fired.subject, fired.due_at + timedelta(minutes=10))

    bench.then = again
    bench.set("complaint/1", 0)
    bench.clock.move(START + timedelta(minutes=25))
    bench.fire()
    assert [what[16:21] for what in bench.seen] == ["09:00", "09:10", "09:20"]
    assert bench.rows(select(timers.c.due_at)) == [(START + timedelta(minutes=30),)]


def test_a_failing_timer_leaves_no_trace_waits_and_is_parked_after_twelve_tries(
    bench: Bench,
) -> None:
    bench.then = failing(ZeroDivisionError("13800000000"))
    bench.set("complaint/1", 0)
    waits = []
    for _ in range(11):
        assert bench.firing.fire_next()
        assert not bench.firing.fire_next()
        _, retry_at, parked, _ = bench.timer()
        assert not parked
        waits.append((retry_at - bench.real.now()).total_seconds())
        bench.real.move(retry_at)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert bench.firing.fire_next()
    attempts, retry_at, parked, error = bench.timer()
    assert (attempts, retry_at, parked) == (12, None, True)
    assert error.startswith("ZeroDivisionError at test_firing.py:")
    assert not bench.firing.fire_next()
    assert bench.seen == []


def test_a_failing_timer_holds_back_no_other(bench: Bench) -> None:
    bench.then = failing(ZeroDivisionError(), times=1)
    bench.set("complaint/1", 0)
    bench.set("complaint/2", 1)
    bench.clock.move(START + timedelta(minutes=5))
    bench.fire()
    assert bench.seen == ["complaint/2 due 09:01 at 09:05 {}"]
    bench.real.move(REAL + timedelta(seconds=1))
    bench.fire()
    assert bench.seen[1:] == ["complaint/1 due 09:00 at 09:05 {}"]


def test_a_timer_that_no_handler_knows_waits_for_the_release_that_set_it(bench: Bench) -> None:
    bench.set("complaint/1", 0, kind="remind")
    bench.fire()
    attempts, _, parked, error = bench.timer()
    assert (attempts, parked, error) == (0, False, None)


def test_a_timer_that_a_rule_refuses_is_noted_as_too_late_and_done_with(bench: Bench) -> None:
    bench.then = failing(WrongState("closed already"))
    bench.set("complaint/1", 0)
    bench.fire()
    assert bench.rows(select(timers)) == []
    assert bench.seen == []
    data = {"code": "wrong_state", "timer": "escalate", "due_at": START.isoformat()}
    of = journal.c
    assert bench.rows(select(of.subject, of.kind, of.data)) == [("complaint/1", "late_fact", data)]


LATER = (
    UnitUnknown("shop-9"),
    CalendarMissing("shop-9"),
    UnitCycle("shop-9"),
    PolicyMissing("intake"),
)


@pytest.mark.parametrize("refusal", LATER, ids=lambda refusal: refusal.code)
def test_a_timer_that_a_rule_may_allow_later_is_tried_again(
    bench: Bench, refusal: RuleBroken
) -> None:
    bench.then = failing(refusal, times=1)
    bench.set("complaint/1", 0)
    bench.fire()
    bench.real.move(REAL + timedelta(seconds=1))
    bench.fire()
    assert len(bench.seen) == 1


def test_a_timer_that_was_replaced_while_its_handler_failed_keeps_its_new_life(
    bench: Bench,
) -> None:
    bench.then = failing(ZeroDivisionError(), times=1)
    bench.set("complaint/1", 0)
    retry = bench.firing._retry

    def replaced_meanwhile(failed: Any) -> str:
        bench.set("complaint/1", 45)
        return retry(failed)

    bench.firing._retry = replaced_meanwhile  # type: ignore[method-assign]
    bench.fire()
    assert bench.timer() == (0, None, False, None)
