"""Events are applied once and in order; one that fails holds back its own subject and no other."""

import json
import logging
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from marshmallow import EXCLUDE, Schema, fields
from sqlalchemy import Column, MetaData, String, Table, insert, select, text

from shared.applying import Applier
from shared.clock import SimulatedClock
from shared.envelope import Received
from shared.inbox import start_at, store
from shared.reading_envelopes import Delivery
from shared.rules import Because, RuleBroken, UnitUnknown
from shared.subscriptions import Subscription
from shared.tables import event_sequences, inbox, inbox_subjects, journal, outbox
from shared.testing import memory
from shared.testing_inbox import delivered
from shared.transaction import Transaction, beginner

BUSINESS_NOW = datetime(2031, 5, 1, 8, 0, tzinfo=UTC)
REAL_NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CANARY = "zhang san 13800000000"
state = MetaData()
seen = Table("seen", state, Column("what", String, primary_key=True))


class Reading(Schema):
    class Meta:
        unknown = EXCLUDE

    text = fields.String(required=True)


@dataclass(frozen=True)
class WorkOrderOpened:
    type: ClassVar[str] = "dispatch.work_order_opened.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"
    work_order_id: str


class Closed(RuleBroken):
    code = "complaint_closed"


def note_it(tx: Transaction, event: Received, data: dict[str, Any]) -> None:
    """Leaves a row and an event behind, so that what is undone can be seen."""
    tx.session.execute(insert(seen).values(what=f"{event.subject}#{event.sequence}"))
    tx.emit(WorkOrderOpened(event.subject.partition("/")[2]))


class Bench:
    """A service that hears of complaints, with a real clock that the test moves."""

    def __init__(self, tmp_path: Path) -> None:
        self.sessions = memory(state)
        self.real = SimulatedClock(tmp_path / "real.json", REAL_NOW)
        self.before: Callable[[Received], None] = lambda _event: None
        self.after: Callable[[Received], None] = lambda _event: None
        self.told = 0
        self.applier = Applier(
            service="dispatch",
            begin=beginner(self.sessions, Transaction, "dispatch", told=self._tell),
            subscriptions={"complaint.filed.v1": Subscription(Reading(), self._handle)},
            clock=SimulatedClock(tmp_path / "business.json", BUSINESS_NOW),
            real=self.real,
            wait=lambda attempt, *, first, cap: min(cap, first * 2 ** (attempt - 1)),
        )

    def store(self, *deliveries: Delivery) -> None:
        with self.sessions.begin() as session:
            store(session, deliveries, now=self.real.now())

    def apply(self) -> None:
        while self.applier.apply_next():
            pass

    def later(self, seconds: float) -> None:
        self.real.move(self.real.now() + timedelta(seconds=seconds))

    def rows(self, query: Any) -> list[tuple[Any, ...]]:
        with self.sessions() as session:
            return [tuple(row) for row in session.execute(query)]

    @property
    def seen(self) -> list[str]:
        return [what for (what,) in self.rows(select(seen.c.what).order_by(text("rowid")))]

    def subject(self, subject: str = "complaint/1") -> tuple[Any, ...]:
        of = inbox_subjects.c
        columns = (of.applied, of.due_at, of.gap_since, of.parked)
        (row,) = self.rows(select(*columns).where(of.subject == subject))
        return row

    def states(self) -> list[tuple[int, str]]:
        of = inbox.c
        return self.rows(select(of.sequence, of.state).order_by(of.subject, of.sequence))

    def _tell(self) -> None:
        self.told += 1

    def _handle(self, tx: Transaction, event: Received, data: dict[str, Any]) -> None:
        self.before(event)
        note_it(tx, event, data)
        self.after(event)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def failing(*, at: int, times: int = 10**9, error: Exception | None = None) -> Any:
    counter = Counter[str]()

    def fail(event: Received) -> None:
        if event.sequence == at and counter["failures"] < times:
            counter["failures"] += 1
            raise error or ZeroDivisionError(CANARY)

    return fail


def test_events_in_any_order_are_applied_in_the_order_of_their_subject(bench: Bench) -> None:
    deliveries = [delivered(subject=f"complaint/{n % 3}", sequence=n // 3 + 1) for n in range(90)]
    random.Random(7).shuffle(deliveries)
    for start in range(0, 90, 10):
        bench.store(*deliveries[start : start + 10])
        bench.apply()
    for subject in range(3):
        mine = [what for what in bench.seen if what.startswith(f"complaint/{subject}#")]
        assert mine == [f"complaint/{subject}#{n}" for n in range(1, 31)]
    assert {state for _, state in bench.states()} == {"handled"}


def test_a_handler_gets_the_time_of_the_clock_and_the_cause_of_the_event(bench: Bench) -> None:
    delivery = delivered(traceparent="00-a-b-01")
    bench.store(delivery)
    bench.apply()
    ((body,),) = bench.rows(select(outbox.c.body))
    told = json.loads(body)
    assert told["causationid"] == delivery.message_id
    assert (told["correlationid"], told["actor"]) == ("c-1", "zhang")
    assert told["traceparent"] == "00-a-b-01"
    assert told["time"] == BUSINESS_NOW.isoformat()
    assert bench.told == 1


def test_each_event_of_a_run_is_the_cause_of_its_own_effects(bench: Bench) -> None:
    deliveries = [delivered(sequence=n) for n in (1, 2, 3)]
    bench.store(*deliveries)
    assert bench.applier.apply_next()
    bodies = [json.loads(body) for (body,) in bench.rows(select(outbox.c.body))]
    assert [one["causationid"] for one in bodies] == [one.message_id for one in deliveries]
    assert [one["sequence"] for one in bodies] == [1, 2, 3]


def test_a_run_takes_twenty_events_and_leaves_the_subject_due(bench: Bench) -> None:
    bench.store(*(delivered(sequence=n) for n in range(1, 22)))
    assert bench.applier.apply_next()
    assert bench.subject() == (20, REAL_NOW, None, False)
    assert bench.applier.apply_next()
    assert bench.subject() == (21, None, None, False)
    assert not bench.applier.apply_next()


def test_a_repeat_after_handling_changes_nothing(bench: Bench) -> None:
    delivery = delivered()
    for _ in range(5):
        bench.store(delivery, delivery)
        bench.apply()
    assert bench.seen == ["complaint/1#1"]


def test_a_type_without_a_handler_is_ticked_off_so_that_the_next_can_follow(bench: Bench) -> None:
    bench.store(delivered("complaint.read.v9", sequence=1), delivered(sequence=2))
    bench.apply()
    assert bench.states() == [(1, "ignored"), (2, "handled")]
    assert bench.subject() == (2, None, None, False)


def test_a_gap_waits_until_the_missing_event_comes(bench: Bench) -> None:
    bench.store(delivered(sequence=1), delivered(sequence=3), delivered(sequence=4))
    bench.apply()
    assert bench.seen == ["complaint/1#1"]
    assert bench.subject() == (1, None, REAL_NOW, False)
    bench.later(90)
    bench.store(delivered(sequence=5))
    bench.apply()
    assert bench.subject() == (1, None, REAL_NOW, False)
    bench.store(delivered(sequence=2))
    bench.apply()
    assert bench.seen == [f"complaint/1#{n}" for n in range(1, 6)]
    assert bench.subject() == (5, None, None, False)


def test_a_failing_event_keeps_what_came_before_it_and_holds_what_comes_after(
    bench: Bench,
) -> None:
    bench.after = failing(at=2, times=2)  # Once in the run, and once more on its own.
    bench.store(*(delivered(sequence=n) for n in (1, 2, 3)))
    bench.apply()
    assert bench.seen == ["complaint/1#1"]
    assert bench.states() == [(1, "handled"), (2, "pending"), (3, "pending")]
    bench.later(1)
    bench.apply()
    assert bench.seen == [f"complaint/1#{n}" for n in (1, 2, 3)]


def test_a_handler_that_fails_for_good_is_retried_with_backoff_then_parked(bench: Bench) -> None:
    bench.after = failing(at=2)
    bench.store(*(delivered(sequence=n) for n in (1, 2, 3)))
    waits = []
    for attempt in range(1, 13):
        bench.apply()
        applied, due_at, _, parked = bench.subject()
        assert (applied, parked) == (1, attempt == 12)
        if not parked:
            waits.append((due_at - bench.real.now()).total_seconds())
            bench.later(waits[-1] - 0.001)
            bench.apply()
            bench.later(0.001)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert bench.states() == [(1, "handled"), (2, "parked"), (3, "pending")]
    assert bench.seen == ["complaint/1#1"]
    assert bench.rows(select(inbox.c.attempts).where(inbox.c.sequence == 2)) == [(12,)]
    bench.later(3600)
    bench.store(delivered(sequence=4))
    assert not bench.applier.apply_next()


def test_a_failing_subject_holds_back_no_other(bench: Bench) -> None:
    bench.after = failing(at=2)
    for subject in ("complaint/1", "complaint/2"):
        bench.store(delivered(subject=subject))
    bench.store(delivered(sequence=2), delivered(subject="complaint/2", sequence=3))
    bench.store(delivered(subject="complaint/3"))
    bench.apply()
    assert sorted(bench.seen) == ["complaint/1#1", "complaint/2#1", "complaint/3#1"]


@pytest.mark.parametrize("times", [2, 7])
def test_a_handler_that_fails_a_few_times_works_in_the_end(bench: Bench, times: int) -> None:
    bench.after = failing(at=1, times=times)
    bench.store(delivered())
    while bench.subject()[0] == 0:
        bench.apply()
        bench.later(300)
    assert bench.seen == ["complaint/1#1"]
    assert bench.states() == [(1, "handled")]
    assert bench.rows(select(event_sequences.c.last)) == [(1,)]


def test_what_the_service_cannot_read_is_parked_at_once(bench: Bench) -> None:
    bench.store(delivered(data={"words": "?"}))
    bench.apply()
    assert bench.states() == [(1, "parked")]
    assert bench.subject() == (0, None, None, True)
    ((error,),) = bench.rows(select(inbox.c.last_error))
    assert error.startswith("ValidationError at ")


def test_a_fact_that_comes_too_late_is_noted_and_its_own_writes_are_undone(bench: Bench) -> None:
    because = Because(pack="franchise", version="1", clause="5.1.1", rule="CP-17")
    bench.after = failing(at=2, error=Closed("it is closed", because=because))
    deliveries = [delivered(sequence=n) for n in (1, 2, 3)]
    bench.store(*deliveries)
    bench.apply()
    assert bench.seen == ["complaint/1#1", "complaint/1#3"]
    assert bench.states() == [(1, "handled"), (2, "handled"), (3, "handled")]
    of = journal.c
    late = select(of.subject, of.at, of.actor, of.data, of.because).where(of.kind == "late_fact")
    data = {"code": "complaint_closed", "event_id": deliveries[1].message_id}
    assert bench.rows(late) == [("complaint/1", BUSINESS_NOW, "zhang", data, because.to_data())]
    assert bench.rows(select(event_sequences.c.last)) == [(2,)]


def test_a_late_fact_is_noted_although_the_next_event_fails(bench: Bench) -> None:
    def fail(event: Received) -> None:
        raise Closed("closed") if event.sequence == 1 else ZeroDivisionError

    bench.after = fail
    bench.store(*(delivered(sequence=n) for n in (1, 2)))
    bench.apply()
    assert bench.states() == [(1, "handled"), (2, "pending")]
    assert bench.rows(select(journal.c.kind)) == [("late_fact",)]


def test_a_unit_that_dispatch_has_yet_to_tell_is_waited_for(bench: Bench) -> None:
    bench.before = failing(at=1, times=2, error=UnitUnknown("shop-9"))
    bench.store(delivered())
    bench.apply()
    assert bench.states() == [(1, "pending")]
    bench.later(1)
    bench.apply()
    assert bench.states() == [(1, "handled")]


def test_personal_data_is_gone_once_it_is_handled(bench: Bench) -> None:
    bench.after = failing(at=2)
    bench.store(*(delivered(sequence=n, private=True) for n in (1, 2)))
    bench.store(delivered("complaint.read.v9", subject="contact/1", private=True))
    bench.store(delivered(subject="complaint/2"))
    bench.apply()
    of = inbox.c
    bodies = bench.rows(select(of.subject, of.sequence, of.body != ""))
    assert sorted(bodies) == [
        ("complaint/1", 1, False),
        ("complaint/1", 2, True),
        ("complaint/2", 1, True),
        ("contact/1", 1, False),
    ]


def test_neither_rows_nor_logs_repeat_the_text_of_an_error(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.after = failing(at=1)
    with caplog.at_level(logging.DEBUG):
        bench.store(delivered(data={"text": CANARY}))
        bench.apply()
    ((error,),) = bench.rows(select(inbox.c.last_error))
    assert error.startswith("ZeroDivisionError at test_applying.py:")
    (record,) = [one for one in caplog.records if one.name == "shared.applying"]
    about = (record.type, record.subject, record.sequence)  # type: ignore[attr-defined]
    assert about == ("complaint.filed.v1", "complaint/1", 1)
    assert CANARY not in caplog.text + json.dumps([str(vars(one)) for one in caplog.records])


def test_events_behind_which_a_subject_began_are_ticked_off_without_effect(bench: Bench) -> None:
    with bench.sessions.begin() as session:
        start_at(session, "complaint/1", applied=5)
    bench.store(delivered(sequence=3), delivered(sequence=5))
    bench.apply()
    assert bench.states() == [(3, "ignored"), (5, "ignored")]
    bench.store(delivered(sequence=6))
    bench.apply()
    assert bench.seen == ["complaint/1#6"]


def test_what_a_handler_wrote_by_the_session_is_seen_by_the_next_event(bench: Bench) -> None:
    found: list[int] = []

    def count(tx: Transaction, event: Received, data: dict[str, Any]) -> None:
        found.append(len(tx.session.execute(select(seen)).all()))
        note_it(tx, event, data)

    bench.applier._subscriptions = {"complaint.filed.v1": Subscription(Reading(), count)}
    bench.store(*(delivered(sequence=n) for n in (1, 2, 3)))
    bench.apply()
    assert found == [0, 1, 2]
