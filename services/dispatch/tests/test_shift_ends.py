"""The list appears exactly ten minutes before the last window of each working day closes, once a
day, whatever the calendar says and however late the clock fires (WO-17)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.domain.shift_ends import (
    Round,
    ShiftEnd,
    due_at,
    end_of,
    next_end,
)
from dispatch.domain.shifts import only_turn
from shared.working_time import Calendar, Window, closing_of, is_working_day

DAY = timedelta(days=1)
MINUTES = 10
# 29 March 2026: clocks go forward in Berlin; 25 October: back. Lord Howe moves by half an hour.
ZONES = ("Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "America/New_York", "UTC")
STARTS = (date(2026, 2, 10), date(2026, 3, 25), date(2026, 10, 21), date(2026, 10, 1))


@st.composite
def windows(draw):
    """One to three windows of a day with breaks between them; the last may run over midnight."""
    edges = draw(st.lists(st.integers(24, 90), min_size=2, max_size=6, unique=True).map(sorted))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    night = draw(st.booleans()) and pairs[-1][1] < 80
    spans = [(start * 15, end * 15) for start, end in pairs]
    if night:
        spans.append((spans[-1][1] + 60, draw(st.integers(0, 23)) * 15))
    return tuple(
        Window(time(start // 60, start % 60), time(end // 60, end % 60)) for start, end in spans
    )


@st.composite
def calendars(draw, zone=None, start=None):
    """A week, holidays, make-up days and half days of their own."""
    zone, start = zone or draw(st.sampled_from(ZONES)), start or draw(st.sampled_from(STARTS))
    week = {day: draw(windows()) for day in draw(st.sets(st.integers(0, 6), min_size=1))}
    days = [start + number * DAY for number in range(-2, 16)]
    special = draw(st.dictionaries(st.sampled_from(days), windows(), max_size=4))
    off = draw(st.sets(st.sampled_from(days), max_size=5))
    return Calendar(zone=zone, week=week, holidays=dict.fromkeys(off, "off"), workdays=special)


def ends_on(calendar):
    """The ends of a unit without shifts: that of each working day."""
    return lambda day: ends_of_day(calendar, day)


def ends_of_day(calendar, day):
    turn = only_turn("shop", day, calendar)
    return [end_of(turn)] if turn else []


def midnight(day, zone):
    return datetime.combine(day, time(), zone).astimezone(UTC)


@pytest.mark.rule("WO-17")
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_every_working_day_ends_once_and_in_order(data):
    start = data.draw(st.sampled_from(STARTS))
    calendar = data.draw(calendars(start=start))
    after = midnight(start, calendar.timezone) + data.draw(st.integers(0, 1440)) * timedelta(
        minutes=1
    )
    until, first = after + 12 * DAY, after
    found, done = [], set()
    while True:
        end = next_end(ends_on(calendar), after=after, zone=calendar.timezone, done=done)
        if end is None or end.ends_at > until:
            break
        found.append(end)
        done.add(end.key)
        after = max(after, end.ends_at)

    days = [start + number * DAY for number in range(-2, 16)]
    wanted = [
        ShiftEnd(closing_of(calendar, day), day) for day in days if is_working_day(calendar, day)
    ]
    assert found == [end for end in sorted(wanted) if first < end.ends_at <= until]
    for end in found:
        last = max(
            window.span(end.day, calendar.timezone)[1] for window in calendar.windows_on(end.day)
        )
        assert due_at(end, minutes=MINUTES) == last - timedelta(minutes=10)


class Walk:
    """A unit's round as the use case drives it, without a database: what is made and when."""

    def __init__(self, calendar, now):
        self.now, self.calendar = now, calendar
        self.round = Round(unit="shop", after=now)
        self.made = []
        self.lay()

    def lay(self):
        done = {end.key for end, _ in self.made}
        zone = self.calendar.timezone
        self.round.await_end(
            next_end(ends_on(self.calendar), after=self.round.after, zone=zone, done=done)
        )

    def change(self, calendar):
        self.calendar = calendar
        if not self.round.is_due(self.now, minutes=MINUTES):
            self.round.pass_by(self.now, calendar.timezone)
            self.lay()

    def fire(self):
        """The timer goes off now; too early it changes nothing."""
        if self.round.is_due(self.now, minutes=MINUTES):
            self.made.append((self.round.pending, self.now))
            self.round.is_checked(self.round.pending)
        self.lay()

    def until(self, at):
        """All timers go off at their time."""
        while (end := self.round.pending) and due_at(end, minutes=MINUTES) <= at:
            self.now = max(self.now, due_at(end, minutes=MINUTES))
            self.fire()
        self.now = max(self.now, at)


@pytest.mark.rule("WO-17")
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_order_of_changes_and_firings_gives_two_lists_a_day_or_none(data):
    start, zone = data.draw(st.sampled_from(STARTS)), data.draw(st.sampled_from(ZONES))
    first = data.draw(calendars(zone=zone, start=start))
    walk = Walk(first, midnight(start, first.timezone))
    worked = []  # Each day with its end, by the calendar that held when the list was due.
    steps = data.draw(st.lists(st.tuples(st.integers(1, 3000), st.booleans()), max_size=12))
    for minutes, changes in steps:
        before, calendar = walk.now, walk.calendar
        walk.until(before + minutes * timedelta(minutes=1))
        worked += due_between(calendar, before, walk.now)
        if changes:
            walk.change(data.draw(calendars(zone=zone, start=start)))
        else:
            walk.fire()

    keys = [end.key for end, _ in walk.made]
    assert len(keys) == len(set(keys))
    assert set(worked) <= {end.day for end, _ in walk.made}
    for end, made_at in walk.made:
        assert made_at >= due_at(end, minutes=MINUTES)


def due_between(calendar, begin, end):
    """The working days whose list was due then by a calendar that held all the time."""
    zone = calendar.timezone
    days = [begin.astimezone(zone).date() + number * DAY for number in range(-2, 6)]
    ends = [closing for day in days for closing in ends_of_day(calendar, day)]
    return [one.day for one in ends if begin < due_at(one, minutes=MINUTES) <= end]


@pytest.mark.rule("WO-17")
@settings(max_examples=30, deadline=None)
@given(calendar=calendars(start=STARTS[1]), asleep=st.integers(1, 8 * 1440))
def test_a_worker_that_was_down_makes_each_list_that_is_missing(calendar, asleep):
    awake = Walk(calendar, midnight(STARTS[1], calendar.timezone))
    late = Walk(calendar, midnight(STARTS[1], calendar.timezone))
    awake.until(awake.now + asleep * timedelta(minutes=1))
    late.now = awake.now
    while late.round.pending and late.round.is_due(late.now, minutes=MINUTES):
        late.fire()

    assert [end for end, _ in late.made] == [end for end, _ in awake.made]
    assert late.round.pending == awake.round.pending


def test_a_unit_that_never_works_has_no_end():
    never = Calendar(
        zone="UTC",
        week={0: (Window(time(9), time(17)),)},
        holidays={date(2026, 1, 5) + 7 * number * DAY: "off" for number in range(70)},
    )
    after = datetime(2026, 1, 1, tzinfo=UTC)

    assert next_end(ends_on(never), after=after, zone=never.timezone, done=()) is None
