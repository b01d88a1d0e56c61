"""What holds for every calendar, checked against a count minute by minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.working_time import (
    Calendar,
    ClockEvent,
    Paused,
    Resumed,
    Started,
    Window,
    WorkingDays,
    add,
    elapsed,
    end_of_working_day,
    explain,
    fold,
    is_open,
    next_open,
    same_time_in_working_days,
)

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
NOTHING = timedelta()
ZONES = (
    "UTC",
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "America/New_York",
    "America/Santiago",  # sets its clocks at midnight
    "Australia/Lord_Howe",  # sets its clocks by half an hour
)
# Days around which a zone sets its clocks, or a year begins.
SEASONS = (date(2026, 3, 6), date(2026, 4, 3), date(2026, 9, 4), date(2026, 10, 30))
TURNS = (*SEASONS, date(2026, 12, 29))

exactly = settings(deadline=None, max_examples=40)


def clock(minute: int) -> time:
    """Return the wall clock time of a minute of the day; midnight for the last."""
    return time(minute // 60 % 24, minute % 60)


@st.composite
def windows(draw: st.DrawFn, split: int) -> tuple[Window, ...]:
    """Draw the windows of a day: none starts before minute `split`, none runs beyond it at night.

    So windows never overlap, and a whole week of them makes a calendar without any retry.
    """
    edges = sorted(draw(st.sets(st.integers(split, 1439), max_size=5)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    if len(edges) % 2:
        pairs.append((edges[-1], draw(st.integers(0, split))))
    return tuple(Window(clock(opens), clock(closes)) for opens, closes in pairs)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Draw a calendar with any windows, days off and make-up days around the drawn dates."""
    split = draw(st.integers(0, 360))
    week = {day: draw(windows(split)) for day in range(7)}
    week[draw(st.integers(0, 6))] = (Window(clock(max(split, 1)), clock(0)),)
    near = st.builds(
        lambda turn, days: turn + days * DAY, st.sampled_from(TURNS), st.integers(-3, 12)
    )
    special = st.none() | windows(split).filter(bool)
    return Calendar(
        zone=draw(st.sampled_from(ZONES)),
        week=week,
        holidays=draw(st.dictionaries(near, st.sampled_from(("Spring", "Autumn")), max_size=9)),
        workdays=draw(st.dictionaries(near, special, max_size=9)),
        published=frozenset({2026}),
    )


def instants(unit: timedelta) -> st.SearchStrategy[datetime]:
    """Draw an instant near a turn, a whole number of units after midnight in UTC."""
    return st.builds(
        lambda turn, units: datetime.combine(turn, time(), tzinfo=UTC) + units * unit,
        st.sampled_from(TURNS),
        st.integers(0, 4 * DAY // unit),
    )


def amounts(most: timedelta) -> st.SearchStrategy[timedelta]:
    return st.integers(0, int(most.total_seconds())).map(lambda seconds: timedelta(seconds=seconds))


def wall_clock(calendar: Calendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield each minute from `start` with the latest wall clock time shown by then.

    Clocks set back do not show anything new before they have caught up: an edge of a window counts
    when it is first shown.
    """
    minute, latest = start - DAY, datetime.min  # noqa: DTZ901 - a wall clock has no zone
    while True:
        shown = minute.astimezone(calendar.timezone).replace(tzinfo=None)
        latest = max(latest, shown)
        if minute >= start:
            yield minute, latest
        minute += MINUTE


def open_by_the_wall(calendar: Calendar, wall: datetime) -> bool:
    """Say whether a window is open at a wall clock time, by its day or by the night before."""
    today, yesterday = wall.date(), wall.date() - DAY
    return any(
        window.opens <= wall.time() and (window.over_midnight or wall.time() < window.closes)
        for window in calendar.windows_on(today)
    ) or any(
        window.over_midnight and wall.time() < window.closes
        for window in calendar.windows_on(yesterday)
    )


@exactly
@given(calendars(), instants(MINUTE), st.integers(0, 4000))
def test_elapsed_time_is_what_a_count_minute_by_minute_finds(
    calendar: Calendar, start: datetime, minutes: int
) -> None:
    counted = NOTHING
    for minute, wall in wall_clock(calendar, start):
        if minute == start + minutes * MINUTE:
            break
        counted += open_by_the_wall(calendar, wall) * MINUTE
    assert counted == elapsed(calendar, start, start + minutes * MINUTE)


@exactly
@given(calendars(), instants(MINUTE), st.integers(1, 1500))
def test_a_due_instant_is_what_a_count_minute_by_minute_finds(
    calendar: Calendar, start: datetime, minutes: int
) -> None:
    walls = wall_clock(calendar, start)
    open_minutes = (minute for minute, wall in walls if open_by_the_wall(calendar, wall))
    *_, last = islice(open_minutes, minutes)
    assert last + MINUTE == add(calendar, start, minutes * MINUTE).at


@exactly
@given(calendars(), instants(MINUTE))
def test_the_next_opening_is_the_first_open_minute(calendar: Calendar, start: datetime) -> None:
    walls = wall_clock(calendar, start)
    first = next(minute for minute, wall in walls if open_by_the_wall(calendar, wall))
    assert first == next_open(calendar, start)
    assert (first == start) == is_open(calendar, start)


@exactly
@given(calendars(), instants(timedelta(seconds=1)), st.integers(1, 12))
def test_working_days_are_what_a_walk_day_by_day_finds(
    calendar: Calendar, start: datetime, days: int
) -> None:
    day, left = start.astimezone(calendar.timezone).date(), days
    while left:
        day += DAY
        left -= bool(calendar.windows_on(day))
    spans = calendar.timetable.day(day).spans
    assert spans[-1][1] == end_of_working_day(calendar, start, days).at
    kept = same_time_in_working_days(calendar, start, days).at
    assert any(opens <= kept <= closes for opens, closes in spans)


@exactly
@given(calendars(), instants(timedelta(microseconds=1)), amounts(5 * DAY))
def test_the_time_to_a_due_instant_is_the_amount_added(
    calendar: Calendar, start: datetime, amount: timedelta
) -> None:
    assert amount == elapsed(calendar, start, add(calendar, start, amount).at)


@exactly
@given(calendars(), instants(timedelta(seconds=1)), amounts(3 * DAY), amounts(3 * DAY))
def test_adding_twice_is_adding_the_sum(
    calendar: Calendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    between = add(calendar, start, first).at
    assert add(calendar, start, first + second).at == add(calendar, between, second).at


@exactly
@given(calendars(), st.lists(instants(timedelta(seconds=1)), min_size=2), amounts(3 * DAY))
def test_who_starts_earlier_is_never_due_later(
    calendar: Calendar, starts: list[datetime], amount: timedelta
) -> None:
    dues = [add(calendar, start, amount).at for start in sorted(starts)]
    assert sorted(dues) == dues


@exactly
@given(calendars(), st.lists(instants(timedelta(seconds=1)), min_size=3, max_size=3))
def test_stretches_that_meet_add_up(calendar: Calendar, moments: list[datetime]) -> None:
    first, second, third = sorted(moments)
    parts = elapsed(calendar, first, second) + elapsed(calendar, second, third)
    assert elapsed(calendar, first, third) == parts


@exactly
@given(calendars(), instants(timedelta(seconds=1)), amounts(20 * DAY))
def test_an_explanation_has_no_gap_and_adds_up(
    calendar: Calendar, start: datetime, amount: timedelta
) -> None:
    told = explain(calendar, start, start + amount)
    edges = [start, *(each.end for each in told)]
    assert edges[:-1] == [each.start for each in told]
    assert start + amount == edges[-1]
    assert all(each.start < each.end for each in told)
    assert all(before[2:] != after[2:] for before, after in pairwise(told))
    assert all(each.counts == is_open(calendar, each.start) for each in told)
    counted = sum((each.end - each.start for each in told if each.counts), NOTHING)
    assert elapsed(calendar, start, start + amount) == counted


@exactly
@given(
    calendars(),
    st.lists(instants(timedelta(seconds=1)), min_size=1, max_size=9, unique=True),
    amounts(5 * DAY) | st.builds(WorkingDays, st.integers(1, 3)),
)
def test_a_pause_moves_a_deadline_by_its_open_time_and_no_more(
    calendar: Calendar, moments: list[datetime], target: timedelta | WorkingDays
) -> None:
    start, *rest = sorted(moments)
    pauses = list(zip(rest[::2], rest[1::2], strict=False))
    events: list[ClockEvent] = [Started(start)]
    for pause, end in pauses:
        events += [Paused(pause, "away"), Resumed(end)]
    undisturbed = fold(calendar, [Started(start)], target).due
    state = fold(calendar, events, target)
    assert state.due is not None
    assert undisturbed is not None
    still = [elapsed(calendar, *pause) for pause in pauses if pause[0] < state.due.at]
    moved = elapsed(calendar, undisturbed.at, state.due.at)
    assert sum(still, NOTHING) == moved
    counted = sum((each.end - each.start for each in state.intervals if each.counts), NOTHING)
    assert state.counted == counted


@exactly
@given(calendars())
def test_any_calendar_survives_being_written_and_read(calendar: Calendar) -> None:
    assert calendar == Calendar.from_data(calendar.to_data())
