"""The deadline of a subject folded from its events."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.working_time import (
    Calendar,
    ClockEvent,
    ClockFault,
    CountMode,
    Due,
    Interval,
    Paused,
    Reopened,
    ReopenPolicy,
    Resumed,
    Started,
    Stopped,
    WorkingDays,
    fold,
)
from shared.working_time.clock import MOVES, Phase

at = datetime.fromisoformat
HOUR = timedelta(hours=1)
NOTHING = timedelta()

# A Wednesday and the Thursday after it; both are ordinary working days.
NINE, TEN, ELEVEN = (at(f"2026-07-01T{hour}:00+08:00") for hour in ("09", "10", "11"))
TWO, FIVE = at("2026-07-01T14:00+08:00"), at("2026-07-01T17:00+08:00")
TOMORROW = at("2026-07-02T10:00+08:00")


def due_at(text: str) -> Due:
    """Return a certain due instant, given in Shanghai."""
    return Due(at(f"{text}+08:00"), provisional=False)


def test_nothing_is_due_before_the_start(company: Calendar) -> None:
    state = fold(company, [], 4 * HOUR, until=NINE)
    assert state == (None, NOTHING, False, [])


def test_a_running_clock_is_due_when_its_target_has_passed(company: Calendar) -> None:
    state = fold(company, [Started(FIVE)], 2 * HOUR)
    assert (due_at("2026-07-02T10:00"), NOTHING, True, []) == state


def test_a_running_clock_counts_until_the_instant_asked_for(company: Calendar) -> None:
    state = fold(company, [Started(FIVE)], 4 * HOUR, until=TOMORROW)
    assert state.counted == 2 * HOUR
    assert [each.reason for each in state.intervals] == ["open", "closed", "open"]


def test_a_pause_leaves_the_deadline_open(company: Calendar) -> None:
    state = fold(company, [Started(NINE), Paused(TEN, "waiting for parts")], 4 * HOUR, until=TWO)
    assert state[:3] == (None, HOUR, False)
    assert [
        Interval(NINE, TEN, True, "open"),
        Interval(TEN, TWO, False, "paused: waiting for parts"),
    ] == state.intervals


def test_a_pause_moves_the_deadline_by_the_open_time_it_lasted(company: Calendar) -> None:
    events: list[ClockEvent] = [Started(NINE), Paused(TEN, "waiting for parts"), Resumed(TWO)]
    state = fold(company, events, 4 * HOUR)
    assert (due_at("2026-07-01T17:00"), HOUR, True) == state[:3]


def test_a_pause_overnight_moves_the_deadline_only_by_working_time(company: Calendar) -> None:
    events: list[ClockEvent] = [Started(NINE), Paused(FIVE, "customer away"), Resumed(TOMORROW)]
    assert due_at("2026-07-02T11:00") == fold(company, events, 8 * HOUR).due


def test_a_pause_outside_the_windows_moves_nothing(company: Calendar) -> None:
    evening, night = at("2026-07-01T19:00+08:00"), at("2026-07-02T02:00+08:00")
    events: list[ClockEvent] = [Started(FIVE), Paused(evening, "customer asleep"), Resumed(night)]
    assert due_at("2026-07-02T10:00") == fold(company, events, 2 * HOUR).due


def test_every_pause_counts_once(company: Calendar) -> None:
    events: list[ClockEvent] = [Started(NINE)]
    for minute in (10, 20, 30):
        pause = NINE + timedelta(minutes=minute)
        events += [Paused(pause, "call"), Resumed(pause + timedelta(minutes=5))]
    state = fold(company, events, HOUR)
    assert (due_at("2026-07-01T10:15"), timedelta(minutes=20)) == state[:2]


def test_a_deadline_that_has_passed_is_moved_by_nothing(company: Calendar) -> None:
    late: list[ClockEvent] = [Started(NINE), Paused(ELEVEN, "waiting for parts")]
    assert due_at("2026-07-01T10:00") == fold(company, late, HOUR).due
    assert due_at("2026-07-01T10:00") == fold(company, [*late, Resumed(TWO)], HOUR).due


def test_a_pause_at_the_due_instant_comes_too_late(company: Calendar) -> None:
    events: list[ClockEvent] = [Started(NINE), Paused(TEN, "waiting for parts")]
    assert due_at("2026-07-01T10:00") == fold(company, events, HOUR).due


def test_a_stopped_clock_keeps_the_deadline_it_was_measured_by(company: Calendar) -> None:
    state = fold(company, [Started(NINE), Stopped(TEN)], 4 * HOUR, until=ELEVEN)
    assert (due_at("2026-07-01T14:00"), HOUR, False) == state[:3]
    assert Interval(TEN, ELEVEN, False, "stopped") == state.intervals[-1]


def test_a_pause_that_is_over_hides_no_deadline_of_a_stopped_clock(company: Calendar) -> None:
    events: list[ClockEvent] = [Started(NINE), Paused(TEN, "call"), Resumed(ELEVEN), Stopped(TWO)]
    assert due_at("2026-07-01T15:00") == fold(company, events, 4 * HOUR).due


def test_a_clock_stopped_in_a_pause_was_never_due(company: Calendar) -> None:
    events: list[ClockEvent] = [Started(NINE), Paused(TEN, "waiting for parts"), Stopped(ELEVEN)]
    assert fold(company, events, 4 * HOUR)[:3] == (None, HOUR, False)


def test_a_reopened_clock_goes_on_from_where_it_stopped(company: Calendar) -> None:
    events: list[ClockEvent] = [Started(NINE), Stopped(TEN), Reopened(TWO, ReopenPolicy.CONTINUE)]
    state = fold(company, events, 4 * HOUR, until=FIVE)
    assert (due_at("2026-07-01T17:00"), 4 * HOUR, True) == state[:3]


def test_a_clock_stopped_in_a_pause_and_reopened_was_still_all_the_time(
    company: Calendar,
) -> None:
    events: list[ClockEvent] = [
        Started(NINE),
        Paused(TEN, "waiting for parts"),
        Stopped(ELEVEN),
        Reopened(TWO, ReopenPolicy.CONTINUE),
    ]
    state = fold(company, events, 4 * HOUR)
    assert due_at("2026-07-01T17:00") == state.due
    reasons = [each.reason for each in state.intervals]
    assert reasons == ["open", "paused: waiting for parts", "stopped"]


def test_a_reopened_clock_may_start_from_nothing(company: Calendar) -> None:
    events: list[ClockEvent] = [Started(NINE), Stopped(TEN), Reopened(TWO, ReopenPolicy.RESTART)]
    state = fold(company, events, 4 * HOUR, until=FIVE)
    assert (due_at("2026-07-01T18:00"), 3 * HOUR, True) == state[:3]
    assert [
        Interval(NINE, TWO, False, "before restart"),
        Interval(TWO, FIVE, True, "open"),
    ] == state.intervals


@pytest.mark.parametrize(
    ("target", "due"),
    [
        (WorkingDays(1), "2026-07-02T18:00"),
        (WorkingDays(2), "2026-07-03T18:00"),
        (WorkingDays(1, CountMode.SAME_TIME), "2026-07-02T09:00"),
    ],
)
def test_a_target_of_working_days_is_due_as_they_are_counted(
    company: Calendar, target: WorkingDays, due: str
) -> None:
    assert due_at(due) == fold(company, [Started(NINE)], target).due


def test_a_pause_moves_a_target_of_working_days_by_open_time(company: Calendar) -> None:
    events: list[ClockEvent] = [Started(NINE), Paused(TEN, "waiting for parts"), Resumed(ELEVEN)]
    assert due_at("2026-07-03T10:00") == fold(company, events, WorkingDays(1)).due


def test_a_new_policy_judges_the_same_events_and_keeps_their_pauses(company: Calendar) -> None:
    events: list[ClockEvent] = [Started(NINE), Paused(TEN, "waiting for parts"), Resumed(ELEVEN)]
    assert due_at("2026-07-01T15:00") == fold(company, events, 4 * HOUR).due
    assert due_at("2026-07-01T17:00") == fold(company, events, 6 * HOUR).due


def test_a_pause_into_a_year_without_holidays_makes_the_deadline_provisional(
    company: Calendar,
) -> None:
    morning, new_year = at("2026-12-31T09:00+08:00"), at("2027-01-01T00:30+08:00")
    events: list[ClockEvent] = [Started(morning), Paused(at("2026-12-31T17:00+08:00"), "away")]
    back_in_time = [*events, Resumed(at("2026-12-31T17:30+08:00"))]
    assert fold(company, back_in_time, 7 * HOUR + HOUR / 2).due == due_at("2026-12-31T18:00")
    assert fold(company, [*events, Resumed(new_year)], 8 * HOUR).due == Due(
        at("2027-01-01T10:00+08:00"), provisional=True
    )


def test_a_pause_makes_no_uncertain_deadline_certain(company: Calendar) -> None:
    events: list[ClockEvent] = [Started(at("2024-12-31T17:00+08:00"))]
    events += [Paused(at("2025-01-01T10:00+08:00"), "away"), Resumed(at("2025-01-01T11:00+08:00"))]
    expected = Due(at("2025-01-01T14:00+08:00"), provisional=True)
    assert expected == fold(company, events, 4 * HOUR).due


def test_a_pause_that_moves_nothing_makes_no_certain_deadline_uncertain(
    night_shift: Calendar,
) -> None:
    noon = at("2026-12-31T12:00-05:00")
    events: list[ClockEvent] = [
        Started(noon),
        Paused(noon + HOUR, "away"),
        Resumed(noon + 2 * HOUR),
    ]
    expected = Due(at("2027-01-01T03:00-05:00"), provisional=False)
    assert expected == fold(night_shift, events, 5 * HOUR).due


SAMPLES: dict[type[ClockEvent], ClockEvent] = {
    Started: Started(TWO),
    Paused: Paused(TWO, "away"),
    Resumed: Resumed(TWO),
    Stopped: Stopped(TWO),
    Reopened: Reopened(TWO, ReopenPolicy.CONTINUE),
}
WAYS: dict[Phase, list[ClockEvent]] = {
    Phase.UNSTARTED: [],
    Phase.RUNNING: [Started(NINE)],
    Phase.PAUSED: [Started(NINE), Paused(TEN, "away")],
    Phase.STOPPED: [Started(NINE), Stopped(TEN)],
}


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("kind", SAMPLES)
def test_every_event_is_either_a_move_of_the_table_or_refused(
    company: Calendar, phase: Phase, kind: type[ClockEvent]
) -> None:
    events: list[ClockEvent] = [*WAYS[phase], SAMPLES[kind]]
    if (phase, kind) in MOVES:
        running = MOVES[phase, kind] is Phase.RUNNING
        assert running == fold(company, events, 4 * HOUR).running
    else:
        with pytest.raises(ClockFault, match=phase.value):
            fold(company, events, 4 * HOUR)


@pytest.mark.parametrize(
    ("events", "until"),
    [([Started(TEN), Stopped(NINE)], None), ([Started(TEN)], NINE)],
)
def test_what_goes_back_in_time_is_refused(
    company: Calendar, events: list[Any], until: datetime | None
) -> None:
    with pytest.raises(ClockFault, match="comes after"):
        fold(company, events, HOUR, until=until)


def test_an_event_without_a_time_zone_is_refused(company: Calendar) -> None:
    with pytest.raises(ValueError, match="time zone"):
        fold(company, [Started(at("2026-07-01T09:00"))], HOUR)
