"""Shifts and rosters: who is on duty where and when."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.domain.people import Post
from dispatch.domain.shifts import (
    Duty,
    NotOfUnit,
    Period,
    RosterEntry,
    RosterOverlap,
    Shift,
    ShiftExists,
    ShiftOver,
    check_overlap,
)
from dispatch.use_cases.people import change_person
from dispatch.use_cases.shifts import define_shift, end_roster_entry, end_shift, roster_person
from shared.rules import Invalid, NotFound
from shared.working_time import Calendar, Window

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLY, LATE, NIGHT = ("08:00", "16:00"), ("16:00", "00:00"), ("22:00", "06:00")
FIRST = date(2026, 2, 1)
WEEKDAYS = frozenset(range(5))
ALL = frozenset(range(7))
SOLD = "region-north"


def window(pair):
    return Window(*(time.fromisoformat(text) for text in pair))


def at(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def define(tx, code, hours, **fields):
    asked = {"name": code, "weekdays": WEEKDAYS, "on_holidays": False, "first_day": FIRST}
    return define_shift(tx, SOLD, **{**asked, "code": code, "hours": window(hours), **fields})


def roster(tx, cast, shift, one, *, first=FIRST, last=None):
    return roster_person(
        tx, shift, person_id=UUID(one.id), first_day=first, last_day=last, caller=cast.hr
    )


@pytest.fixture
def second(opened, cast):
    one = cast.asker(50, "shop-01", "engineer")
    with opened() as tx:
        cast.add(tx, one)
    return one


def test_where_there_are_no_shifts_all_with_a_post_work_by_the_calendar(opened, cast):
    worker = UUID(cast.worker.id)
    with opened() as tx:
        (turn,) = tx.shifts.turns(SOLD, date(2026, 2, 13))
        assert (turn.starts_at, turn.ends_at) == (at("2026-02-13 09:00"), at("2026-02-13 18:00"))
        assert tx.shifts.on_duty(SOLD, at("2026-02-13 12:30")) == [worker]
        assert tx.shifts.on_duty(SOLD, at("2026-02-13 18:00")) == []
        assert tx.shifts.on_duty(SOLD, at("2026-02-15 12:00")) == []
        assert tx.shifts.on_duty(SOLD, at("2026-02-14 12:00")) == [worker]
        assert [one.unit for one in tx.shifts.of(worker, at("2026-02-14 12:00"))] == [SOLD]


def test_those_on_the_roster_are_on_duty_until_the_next_shift_begins(opened, cast, second):
    worker, other = UUID(cast.worker.id), UUID(second.id)
    with opened() as tx:
        roster(tx, cast, define(tx, "early", EARLY), cast.worker)
        roster(tx, cast, define(tx, "late", LATE), second)
    with opened() as tx:
        assert tx.shifts.on_duty(SOLD, at("2026-02-13 15:59:59")) == [worker]
        assert tx.shifts.on_duty(SOLD, at("2026-02-13 16:00")) == [other]
        assert tx.shifts.on_duty(SOLD, at("2026-02-14 00:00")) == []
        assert [one.code for one in tx.shifts.of(other, at("2026-02-13 20:00"))] == ["late"]
        assert tx.shifts.of(worker, at("2026-02-13 20:00")) == []


def test_a_shift_over_midnight_belongs_to_the_day_on_which_it_begins(opened, cast):
    with opened() as tx:
        shift = define(tx, "night", NIGHT, weekdays=frozenset({4}), on_holidays=True)
        roster(tx, cast, shift, cast.worker, last=date(2026, 2, 13))
        assert tx.shifts.on_duty(SOLD, at("2026-02-14 05:59")) == [UUID(cast.worker.id)]
        assert tx.shifts.on_duty(SOLD, at("2026-02-14 06:00")) == []
        assert tx.shifts.on_duty(SOLD, at("2026-02-21 05:00")) == []


def test_holidays_make_up_days_and_half_days_of_the_calendar_move_shifts(opened):
    half = {date(2026, 2, 12): (window(("09:00", "12:00")),)}
    calendar = Calendar(
        "Asia/Shanghai",
        {day: (window(("09:00", "18:00")),) for day in range(5)},
        holidays={date(2026, 2, 16): "Spring Festival"},
        workdays={date(2026, 2, 14): None, **half},
    )

    def turn(hours, day, **fields):
        asked = {"weekdays": WEEKDAYS, "on_holidays": False, "first_day": FIRST, **fields}
        made = Shift(id=uuid4(), unit="u", code="c", name="n", hours=window(hours), **asked)
        found = made.turn(day, calendar)
        return found and (found.starts_at, found.ends_at)

    assert turn(EARLY, date(2026, 2, 14)) == (at("2026-02-14 08:00"), at("2026-02-14 16:00"))
    assert turn(EARLY, date(2026, 2, 14), weekdays=frozenset({1})) is None
    assert turn(EARLY, date(2026, 2, 12)) == (at("2026-02-12 09:00"), at("2026-02-12 12:00"))
    assert turn(LATE, date(2026, 2, 12)) is None
    assert turn(EARLY, date(2026, 2, 16)) is None
    assert turn(EARLY, date(2026, 2, 16), on_holidays=True) is not None
    assert turn(LATE, date(2026, 2, 12), on_holidays=True) is not None
    assert turn(EARLY, date(2026, 2, 13), last_day=date(2026, 2, 12)) is None


def test_nobody_works_two_shifts_at_once(opened, cast):
    with opened() as tx:
        early = define(tx, "early", EARLY)
        roster(tx, cast, early, cast.worker, last=date(2026, 2, 12))
        with pytest.raises(RosterOverlap):
            roster(tx, cast, define(tx, "day", ("09:00", "17:00")), cast.worker)
        roster(tx, cast, define(tx, "late", LATE), cast.worker)
        roster(tx, cast, early, cast.worker, first=date(2026, 2, 13))


def test_a_shift_over_midnight_keeps_the_next_morning_free(opened, cast):
    with opened() as tx:
        night = define(tx, "night", NIGHT, weekdays=ALL)
        roster(tx, cast, night, cast.worker, last=date(2026, 2, 12))
        dawn = define(tx, "dawn", ("05:00", "13:00"), weekdays=ALL)
        with pytest.raises(RosterOverlap):
            roster(tx, cast, dawn, cast.worker, first=date(2026, 2, 13))
        roster(tx, cast, dawn, cast.worker, first=date(2026, 2, 14))


def test_only_who_is_of_the_unit_is_on_its_roster(opened, cast):
    with opened() as tx:
        early = define(tx, "early", EARLY, last_day=date(2026, 2, 20))
        with pytest.raises(NotOfUnit):
            roster(tx, cast, early, cast.clerk, last=date(2026, 2, 20))
        with pytest.raises(ShiftOver):
            roster(tx, cast, early, cast.worker)
        with pytest.raises(NotFound):
            roster(tx, cast, early, cast.asker(77, "hq"), last=date(2026, 2, 20))
        with pytest.raises(Invalid):
            roster(tx, cast, early, cast.worker, last=FIRST - timedelta(days=1))


def test_a_code_stands_for_one_shift_at_a_time(opened, cast):
    with opened() as tx:
        early = define(tx, "early", EARLY)
        with pytest.raises(ShiftExists):
            define(tx, "early", LATE)
        end_shift(tx, early, last_day=date(2026, 2, 28))
        define(tx, "early", LATE, first_day=date(2026, 3, 1))
        with pytest.raises(Invalid):
            end_shift(tx, early, last_day=date(2026, 3, 1))


def test_a_roster_ends_with_its_shift(opened, cast):
    with opened() as tx:
        early = define(tx, "early", EARLY)
        entry = roster(tx, cast, early, cast.worker)
        end_shift(tx, early, last_day=date(2026, 2, 12))
        assert entry.last_day == date(2026, 2, 12)
        # From the day after, the unit has no shift of its own again.
        (turn,) = tx.shifts.turns(SOLD, date(2026, 2, 13))
        assert turn.shift_id is None


@pytest.mark.parametrize(
    "fresh", [{"active": False}, {"posts": (Post("region-south", "engineer"),)}]
)
def test_whoever_leaves_the_unit_is_on_its_roster_no_more(opened, cast, fresh):
    with opened() as tx:
        early = define(tx, "early", EARLY)
        entry = roster(tx, cast, early, cast.worker)
        later = roster(tx, cast, define(tx, "late", LATE), cast.worker, first=date(2026, 3, 1))
    with opened() as tx:
        change_person(tx, tx.people.find(UUID(cast.worker.id)), fresh=fresh, caller=cast.hr)
    with opened() as tx:
        ends = [duty.entry.last_day for duty in tx.shifts.duties_around(entry.person_id, FIRST)]
        assert ends == [date(2026, 2, 13)]
        assert tx.shifts.held_entry(later.id, seen_from="hq").last_day == date(2026, 2, 28)


def test_what_is_called_off_was_never_worked(opened, cast):
    with opened() as tx:
        early = define(tx, "early", EARLY)
        entry = roster(tx, cast, early, cast.worker, last=date(2026, 2, 13))
        end_roster_entry(tx, entry, last_day=date(2020, 1, 1))
        assert entry.last_day == FIRST - timedelta(days=1)
        assert tx.shifts.on_duty(SOLD, at("2026-02-12 10:00")) == []
        roster(tx, cast, early, cast.worker)


def test_no_entry_is_made_longer(opened, cast):
    with opened() as tx:
        entry = roster(tx, cast, define(tx, "early", EARLY), cast.worker, last=date(2026, 2, 13))
        end_roster_entry(tx, entry, last_day=date(2026, 2, 20))
        assert entry.last_day == date(2026, 2, 13)


DAYS = st.integers(0, 30).map(lambda number: FIRST + timedelta(days=number))
HOURS = st.integers(0, 23).map(time)
ZONES = st.sampled_from(["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"])


@st.composite
def duties(draw):
    first = draw(DAYS)
    last = draw(st.none() | DAYS)
    shift = Shift(
        id=uuid4(),
        unit="u",
        code="c",
        name="n",
        hours=Window(draw(HOURS), draw(HOURS)),
        weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        on_holidays=True,
        first_day=FIRST,
    )
    entry = RosterEntry(
        id=uuid4(), person_id=uuid4(), shift_id=shift.id, first_day=first, last_day=last
    )
    return Duty(entry, shift, ZoneInfo(draw(ZONES)))


@given(duties(), duties())
def test_two_duties_are_refused_exactly_when_some_day_would_have_both(one, other):
    days = [FIRST + timedelta(days=number) for number in range(-3, 90)]
    both = any(mine.meets(his) for mine in one.turns(days) for his in other.turns(days))

    if both:
        with pytest.raises(RosterOverlap):
            check_overlap(one, [other])
    else:
        check_overlap(one, [other])


@pytest.mark.parametrize(
    ("other", "held"),
    [
        (Period(FIRST, None), True),
        (Period(FIRST - timedelta(days=1), None), False),
        (Period(FIRST, FIRST), True),
    ],
)
def test_a_period_that_goes_on_holds_all_that_begins_later(other, held):
    assert Period(FIRST, None).holds(other) is held
