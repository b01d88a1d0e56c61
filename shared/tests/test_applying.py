"""Events are applied once each and in the order of their subject."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from shared.envelope import Received
from shared.inbox import start_at
from shared.subscriptions import Subscription
from shared.tables import inbox, outbox
from shared.testing_inbox import delivered
from shared.transaction import Transaction

from .applying_bench import BUSINESS_NOW, REAL_NOW, Bench, Reading, failing, note_it, seen


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


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
