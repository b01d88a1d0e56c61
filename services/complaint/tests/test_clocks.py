"""Clocks as folds: what drives them, what holds them, and how they are explained."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint.domain.clock_rules import ClockRule, OnChange, Reopening, TimeUnit
from complaint.domain.clocks import Clock, ClockName, ClockUnruled
from complaint.domain.pauses import PauseReason
from shared.ids import new_id
from shared.rules import Because, Ruling
from shared.testing import CALENDAR
from shared.working_time import Calendar, CountMode

OFFICE = Calendar.from_data(CALENDAR)
CUSTOMER, EXPERT = PauseReason.WAITING_FOR_CUSTOMER, PauseReason.EXPERT_REPORT
FRIDAY = datetime.fromisoformat("2026-03-06T17:00+08:00")


def at(text):
    return datetime.fromisoformat(text + "+08:00")


def rule(within, unit, clause="1", *, hard=True, **more):
    value = ClockRule(within=within, unit=unit, hard=hard, **more)
    return Ruling(value, Because(pack="p", version="1", clause=clause, rule="CP-17"))


def started(*rules, since=FRIDAY):
    return Clock.started(
        ClockName.REPLY,
        id=new_id(),
        level=1,
        rules=rules,
        calendar=OFFICE,
        at=since,
        now=since,
    )


def test_of_several_rules_the_one_that_is_due_first_drives():
    day = rule(1, TimeUnit.WORKING_DAY, "day")
    hours = rule(4, TimeUnit.WORKING_HOUR, "hours")

    clock = started(day, hours)

    assert (clock.deadline.due_at, clock.deadline.because.clause) == (
        at("2026-03-09T12:00"),
        "hours",
    )
    assert clock.hard_deadline is None


def test_at_the_same_instant_a_hard_rule_goes_before_a_soft_one():
    soft = rule(1, TimeUnit.WORKING_DAY, "soft", hard=False)
    hard = rule(1, TimeUnit.WORKING_DAY, "hard")

    assert started(soft, hard).deadline.because.clause == "hard"


def test_a_hard_rule_behind_a_soft_one_is_missed_by_itself():
    clock = started(
        rule(24, TimeUnit.HOUR, "soft", hard=False), rule(2, TimeUnit.WORKING_DAY, "hard")
    )
    soft, hard = at("2026-03-07T17:00"), at("2026-03-10T18:00")

    missed = [[one.because.clause for one in clock.miss(now)] for now in (soft, soft, hard, hard)]

    assert missed == [["soft"], [], ["hard"], []]
    assert clock.wakes_at is None


def test_both_are_told_at_once_where_nobody_was_awake_in_between():
    clock = started(
        rule(24, TimeUnit.HOUR, "soft", hard=False), rule(2, TimeUnit.WORKING_DAY, "hard")
    )

    found = clock.miss(at("2026-03-11T09:00"))

    assert [(one.because.clause, one.hard) for one in found] == [("soft", False), ("hard", True)]


def test_the_other_mode_of_counting_keeps_the_clock_time():
    kept = rule(1, TimeUnit.WORKING_DAY, count_mode=CountMode.SAME_TIME)

    assert started(kept).deadline.due_at == at("2026-03-09T17:00")


@pytest.mark.parametrize(
    ("unit", "due_at"),
    [
        (TimeUnit.WORKING_HOUR, "2026-03-09T11:00"),
        (TimeUnit.WORKING_MINUTE, "2026-03-06T17:03"),
        (TimeUnit.HOUR, "2026-03-06T20:00"),
        (TimeUnit.DAY, "2026-03-09T17:00"),
    ],
)
def test_plain_time_runs_on_over_the_weekend_and_working_time_does_not(unit, due_at):
    assert started(rule(3, unit)).deadline.due_at == at(due_at)


def test_no_rule_no_clock():
    with pytest.raises(ClockUnruled):
        started()


def test_a_pause_moves_the_rules_that_heed_its_reason_and_no_others():
    heeding = rule(8, TimeUnit.WORKING_HOUR, "heeds", pauses=frozenset({CUSTOMER}))
    deaf = rule(16, TimeUnit.WORKING_HOUR, "deaf")
    clock = started(heeding, deaf, since=at("2026-03-09T09:00"))

    clock.hold(
        at("2026-03-09T11:00"), reason=CUSTOMER, until=at("2026-03-10T11:00"), calendar=OFFICE
    )

    assert clock.deadline.due_at == at("2026-03-10T18:00")
    assert [one.because.clause for one in clock.deadlines(calendar=OFFICE)] == ["heeds", "deaf"]
    clock.release(at("2026-03-09T16:00"), calendar=OFFICE, now=at("2026-03-09T16:00"))
    assert clock.deadline.due_at == at("2026-03-10T14:00")


def test_a_pause_for_another_reason_moves_nothing():
    clock = started(rule(8, TimeUnit.WORKING_HOUR, pauses=frozenset({CUSTOMER})))
    before = clock.deadline

    clock.hold(FRIDAY, reason=EXPERT, until=FRIDAY + timedelta(days=9), calendar=OFFICE)
    clock.release(FRIDAY + timedelta(days=2), calendar=OFFICE, now=FRIDAY + timedelta(days=2))

    assert clock.deadline == before


def test_no_warning_comes_in_a_pause():
    warned = rule(8, TimeUnit.WORKING_HOUR, warn_hours=6, pauses=frozenset({CUSTOMER}))
    clock = started(warned, since=at("2026-03-09T09:00"))

    clock.hold(
        at("2026-03-09T09:30"), reason=CUSTOMER, until=at("2026-03-11T09:00"), calendar=OFFICE
    )

    assert clock.deadline.warn_at >= at("2026-03-11T09:00")
    assert clock.deadline.warn_at < clock.deadline.due_at


def test_a_warning_is_given_once_and_none_after_the_due_time():
    clock = started(rule(8, TimeUnit.WORKING_HOUR, warn_hours=2), since=at("2026-03-09T09:00"))
    warn_at, due_at = clock.deadline.warn_at, clock.deadline.due_at

    assert [clock.warn(now) for now in (FRIDAY, warn_at, warn_at)] == [False, True, False]
    late = started(rule(8, TimeUnit.WORKING_HOUR, warn_hours=2), since=at("2026-03-09T09:00"))
    assert not late.warn(due_at)


@pytest.mark.parametrize(
    ("reopening", "due_at"),
    [(Reopening.CONTINUE, "2026-03-11T15:00"), (Reopening.RESTART, "2026-03-11T18:00")],
)
def test_a_reopened_clock_goes_on_or_starts_from_nothing(reopening, due_at):
    one = rule(8, TimeUnit.WORKING_HOUR, reopening=reopening)
    clock = started(one, since=at("2026-03-09T14:00"))
    clock.stop(at("2026-03-09T17:00"))

    clock.reopen(at("2026-03-11T09:00"), rules=(one,), level=1, calendar=OFFICE)

    assert clock.deadline.due_at == at(due_at)
    assert (clock.stopped_at, clock.on_time) == (None, None)


def test_a_clock_that_is_reopened_to_go_on_stays_missed():
    one = rule(1, TimeUnit.WORKING_HOUR, reopening=Reopening.CONTINUE)
    clock = started(one, since=at("2026-03-09T09:00"))
    clock.miss(at("2026-03-09T10:00"))
    clock.stop(at("2026-03-09T11:00"))

    clock.reopen(at("2026-03-10T09:00"), rules=(one,), level=1, calendar=OFFICE)

    assert clock.miss(at("2026-03-10T12:00")) == []
    assert clock.breached_at == at("2026-03-09T10:00")


def test_packs_that_keep_running_clocks_as_they_are_move_none():
    clock = started(rule(8, TimeUnit.WORKING_HOUR))
    before, due_at = clock.rules, clock.deadline.due_at
    strict = rule(1, TimeUnit.WORKING_HOUR, on_change=OnChange.KEEP)

    clock.turn_to((strict,), calendar=OFFICE, now=FRIDAY)
    assert (clock.rules, clock.deadline.due_at) == (before, due_at)

    moving = replace(strict, value=replace(strict.value, on_change=OnChange.RETIME))
    clock.turn_to((moving,), calendar=OFFICE, now=FRIDAY)
    assert clock.deadline.due_at == at("2026-03-06T18:00")


MINUTES = st.integers(1, 60 * 24 * 4)


@given(
    within=st.integers(1, 200),
    unit=st.sampled_from([TimeUnit.WORKING_HOUR, TimeUnit.WORKING_MINUTE, TimeUnit.HOUR]),
    gaps=st.lists(st.tuples(MINUTES, MINUTES, st.sampled_from([CUSTOMER, EXPERT])), max_size=6),
    seconds=st.integers(0, 86_399),
)
@settings(deadline=None)
def test_what_counts_in_the_explanation_adds_up_to_the_target_to_the_second(
    within, unit, gaps, seconds
):
    """Whatever pauses there were, heeded or not, also the one under way."""
    since = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=seconds)
    one = rule(within, unit, pauses=frozenset({CUSTOMER}))
    clock, now = started(one, since=since), since
    for before, length, reason in gaps:
        begun = now + timedelta(minutes=before)
        until = begun + timedelta(minutes=length)
        clock.hold(begun, reason=reason, until=until, calendar=OFFICE)
        assert clock.course(calendar=OFFICE).counted == one.value.target
        now = begun + timedelta(minutes=length // 2)
        clock.release(now, calendar=OFFICE, now=now)

    course = clock.course(calendar=OFFICE)
    counted = sum((i.end - i.start for i in course.intervals if i.counts), timedelta())
    assert counted == course.counted == one.value.target
    edges = [(i.start, i.end) for i in course.intervals]
    assert [end for _, end in edges[:-1]] == [start for start, _ in edges[1:]]
    assert (edges[0][0], edges[-1][1]) == (since, clock.deadline.due_at)
