"""An event that fails holds back its own subject and no other, and is never lost."""

import json
import logging
from pathlib import Path

import pytest
from sqlalchemy import select

from shared.envelope import Received
from shared.org_units import CalendarMissing, UnitCycle
from shared.policy import PolicyMissing
from shared.rules import Because, RuleBroken, UnitUnknown
from shared.tables import event_sequences, inbox, journal
from shared.testing_inbox import delivered

from .applying_bench import BUSINESS_NOW, Bench, failing

CANARY = "zhang san 13800000000"


class Closed(RuleBroken):
    code = "complaint_closed"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


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


LATER = (
    UnitUnknown("shop-9"),
    CalendarMissing("shop-9"),
    UnitCycle("shop-9"),
    PolicyMissing("intake"),
)


@pytest.mark.parametrize("refusal", LATER, ids=lambda refusal: refusal.code)
def test_an_event_that_a_rule_may_allow_later_is_tried_again(
    bench: Bench, refusal: RuleBroken
) -> None:
    bench.before = failing(at=1, times=2, error=refusal)
    bench.store(delivered())
    bench.apply()
    assert bench.states() == [(1, "pending")]
    bench.later(1)
    bench.apply()
    assert bench.states() == [(1, "handled")]


def test_neither_rows_nor_logs_repeat_the_text_of_an_error(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.after = failing(at=1, error=ZeroDivisionError(CANARY))
    with caplog.at_level(logging.DEBUG):
        bench.store(delivered(data={"text": CANARY}))
        bench.apply()
    ((error,),) = bench.rows(select(inbox.c.last_error))
    assert error.startswith("ZeroDivisionError at applying_bench.py:")
    (record,) = [one for one in caplog.records if one.name == "shared.applying"]
    about = (record.type, record.subject, record.sequence)  # type: ignore[attr-defined]
    assert about == ("complaint.filed.v1", "complaint/1", 1)
    assert CANARY not in caplog.text + json.dumps([str(vars(one)) for one in caplog.records])
