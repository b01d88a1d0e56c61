"""The list of open orders ten minutes before the shift ends, and the reason for each (WO-17)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from dispatch.domain.daily_checks import Answer, CheckSuperseded, MayNotCheck, OrderEnded
from dispatch.domain.work_order_states import State
from dispatch.use_cases.calendars import set_calendar
from dispatch.use_cases.open_reasons import give_reasons
from dispatch.use_cases.people import change_person
from dispatch.use_cases.shifts import define_shift, end_shift, roster_person
from dispatch.use_cases.units import change_unit
from shared.rules import NotFound
from shared.transaction import timeline
from shared.working_time import Window

from .company import DISPATCHER, FRIDAY, HR, PLAN, SUPERVISOR, WORKER, asker
from .shift_end import SECOND, UNIT, WHY, ShiftEnd, fire_once

INSTANT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
APPEARS = datetime(2026, 2, 13, 9, 50, tzinfo=UTC)  # 17:50 in Shanghai
ENDS = datetime(2026, 2, 13, 10, tzinfo=UTC)


@pytest.fixture
def office(company, sessions, rulebook):
    return ShiftEnd(sessions, rulebook)


@pytest.mark.rule("WO-17", "RP-03")
def test_ten_minutes_before_the_end_the_list_of_open_orders_appears(office):
    late = office.issue(reply_due_at=FRIDAY + timedelta(minutes=5))
    draft = office.draft()
    office.issue()
    for step in ("accept", "complete", "call_back", "sign", "archive"):
        getattr(office, step)()
    office.until(APPEARS - INSTANT)
    assert (office.lists(), office.told_of("daily_check_opened")) == ([], [])

    office.until(APPEARS)
    [check] = office.lists()
    assert (check.day, check.shift, check.ends_at) == (date(2026, 2, 13), "", ENDS)
    assert (check.made_at, check.late) == (APPEARS, False)
    assert (check.by_state, check.opened, check.completed) == ({"draft": 1, "issued": 1}, 3, 1)
    assert (check.overdue, check.carried_over) == (1, 0)
    assert (check.because.rule, check.because.clause) == ("WO-17", "001-P5 L294")
    entries = {one.work_order_id: one for one in office.entries()}
    assert entries.keys() == {late, draft}
    assert (entries[late].overdue, entries[draft].overdue) == (True, False)
    assert entries[late].owner_id == UUID(WORKER.id)
    assert (entries[draft].owner_id, entries[draft].state) == (UUID(DISPATCHER.id), State.DRAFT)
    [told] = office.told_of("daily_check_opened")
    assert told["dispatcher_ids"] == [one.id for one in (DISPATCHER, SUPERVISOR, SECOND)]
    assert (told["open"], told["overdue"], told["late"]) == (2, 1, False)


@pytest.mark.rule("WO-17")
def test_there_is_a_list_each_working_day_by_the_calendar_of_the_unit(office):
    """The Saturday is a make-up day, a half day here; then the Spring Festival begins."""
    office.draft()
    half = replace(PLAN, workdays={"2026-02-14": [["09:00", "12:00"]]})
    with office.open() as tx:
        set_calendar(tx, tx.units.known("hq"), plan=half)
    office.until(FRIDAY + 12 * DAY)

    found = [(one.day.isoformat(), one.made_at.isoformat()) for one in office.lists()]
    assert found == [
        ("2026-02-13", "2026-02-13T09:50:00+00:00"),
        ("2026-02-14", "2026-02-14T03:50:00+00:00"),
        ("2026-02-24", "2026-02-24T09:50:00+00:00"),
    ]
    assert [one.carried_over for one in office.lists()] == [0, 1, 1]
    assert [one.days_open for one in office.entries()] == [11]


@pytest.mark.rule("WO-17")
def test_a_calendar_that_changes_moves_the_list_of_the_units_below_it(office):
    office.draft()
    longer = replace(PLAN, week={"4": [["09:00", "12:00"], ["13:00", "19:30"]]})
    with office.open() as tx:
        set_calendar(tx, tx.units.known("hq"), plan=longer)
    assert office.due("unit.daily_check") == APPEARS + 1.5 * HOUR

    ended = replace(PLAN, week={"4": [["09:00", "12:00"], ["13:00", "17:05"]]})
    with office.open() as tx:
        set_calendar(tx, tx.units.known(UNIT), plan=ended)
    assert office.due("unit.daily_check") == datetime(2026, 2, 13, 8, 55, tzinfo=UTC)
    office.until(FRIDAY)
    [check] = office.lists()
    assert (check.made_at, check.late) == (FRIDAY, False)


def test_a_unit_that_moves_follows_the_calendar_above_its_new_place(office):
    office.draft()
    short = replace(PLAN, week={"4": [["09:00", "17:30"]]})
    with office.open() as tx:
        set_calendar(tx, tx.units.known("sales-centre"), plan=short)
    assert office.due("unit.daily_check") == APPEARS
    with office.open() as tx:
        change_unit(tx, tx.units.known(UNIT), fresh={"parent": "sales-centre"}, caller=HR)
    assert office.due("unit.daily_check") == datetime(2026, 2, 13, 9, 20, tzinfo=UTC)


@pytest.mark.rule("WO-17")
def test_a_worker_that_was_down_makes_the_list_late(office):
    office.draft()
    office.now = ENDS + 14 * HOUR
    fire_once(office, "unit.daily_check")

    [check] = office.lists()
    assert (check.day, check.late) == (date(2026, 2, 13), True)
    assert office.told_of("daily_check_opened")[0]["late"] is True
    # Nobody is blamed before there was time to write anything: 30 working minutes of Saturday.
    assert office.due("unit.handover") == datetime(2026, 2, 14, 1, 30, tzinfo=UTC) + INSTANT


def test_a_timer_that_fires_twice_or_too_early_makes_no_second_list(office):
    office.draft()
    fire_once(office, "unit.daily_check")
    assert (office.lists(), office.due("unit.daily_check")) == ([], APPEARS)
    office.until(APPEARS)
    fire_once(office, "unit.daily_check")
    assert len(office.lists()) == 1


def test_a_unit_has_one_timer_however_many_orders_lie_in_it(office):
    for _ in range(3):
        office.issue()
    office.until(APPEARS)
    kinds = [row.kind for row in office.waiting() if row.subject == f"org_unit/{UNIT}"]
    assert sorted(kinds) == ["unit.daily_check", "unit.handover"]
    assert office.due("unit.daily_check", "shop-01") is None


def test_a_unit_without_a_calendar_begins_when_it_gets_one(sessions, rulebook, company):
    office = ShiftEnd(sessions, rulebook)
    with office.open() as tx:
        unit = tx.units.known("hq")
        unit.plan = unit.calendar = None
        tx.units.keep(unit)
    office.draft()
    assert office.due("unit.daily_check") is None
    with office.open() as tx:
        set_calendar(tx, tx.units.known("hq"), plan=PLAN)
    assert office.due("unit.daily_check") == APPEARS


@pytest.mark.rule("WO-17", "RP-03")
def test_a_reason_stands_in_the_book_and_in_the_timeline_of_the_order(office):
    order_id = office.issue()
    office.until(APPEARS)
    entry = office.answer()

    assert (entry.reason, entry.instruction) == (WHY.reason, WHY.instruction)
    assert (entry.answered_by, entry.answered_at) == (UUID(DISPATCHER.id), APPEARS)
    with office.open() as tx:
        [note] = [
            row
            for row in timeline(tx.session, f"work_order/{order_id}")
            if row.kind == "open_reason"
        ]
    assert note.data == {
        "daily_check_id": str(office.list_id),
        "reason": WHY.reason,
        "instruction": WHY.instruction,
    }
    assert note.because["rule"] == "WO-17"
    office.answer(answer=Answer(reason="It came", instruction="Mount it"))
    assert [one.reason for one in office.entries()] == ["It came"]


@pytest.mark.rule("WO-17")
def test_an_order_that_has_ended_needs_no_reason(office):
    office.issue()
    office.until(APPEARS)
    for step in ("accept", "complete", "call_back", "sign", "archive"):
        getattr(office, step)()
    with pytest.raises(OrderEnded):
        office.answer()
    office.until(ENDS + HOUR)
    assert office.told_of("daily_check_reminded") == []


def test_an_order_that_is_opened_later_is_added_to_the_list(office):
    office.issue()
    office.until(APPEARS)
    later = office.draft()
    office.answer()

    found = {one.work_order_id: one for one in office.entries()}
    assert (found[later].listed, found[later].answered) == (False, True)
    assert sum(one.listed for one in found.values()) == 1
    assert office.last().open == 1


def test_only_who_checks_gives_reasons_and_only_on_the_last_list_of_the_unit(office):
    office.issue()
    office.until(APPEARS)
    first = office.list_id
    for nobody in (WORKER, asker(5, UNIT, "sales_team")):
        with pytest.raises((MayNotCheck, NotFound)):
            office.answer(by=nobody)
    office.until(APPEARS + DAY)
    with pytest.raises(CheckSuperseded), office.open(DISPATCHER) as tx:
        give_reasons(tx, first, answers={office.order_id: WHY}, caller=DISPATCHER)


def test_of_many_answers_what_is_wrong_with_one_holds_up_no_other(office):
    good, stranger = office.issue(), UUID(int=77)
    office.until(APPEARS)
    given = {stranger: WHY, good: WHY}
    answered = office.do(give_reasons, office.list_id, answers=given, caller=DISPATCHER)

    assert list(answered) == [(stranger, "not_found"), (good, None)]
    assert [one.answered for one in office.entries()] == [True]


@pytest.mark.rule("WO-17")
def test_missing_reasons_are_told_when_the_shift_ends_and_climb(office):
    office.issue()
    office.until(ENDS - INSTANT)
    assert office.told_of("daily_check_reminded") == []

    office.until(ENDS)
    [told] = office.told_of("daily_check_reminded")
    assert (told["awaited"], told["unanswered"], told["reminder"]) == ("reasons", 1, 1)
    assert told["owner_ids"] == [one.id for one in (DISPATCHER, SUPERVISOR, SECOND)]
    assert told["superior_id"] == SUPERVISOR.id


@pytest.mark.rule("WO-17")
def test_what_nobody_hands_over_is_told_again_and_again(office):
    """By Saturday 9:30 both are to have signed; then every four working hours, until the next."""
    office.issue()
    office.until(APPEARS)
    office.answer()
    office.until(datetime(2026, 2, 14, 1, 30, tzinfo=UTC))
    assert office.told_of("daily_check_reminded") == []

    office.until(datetime(2026, 2, 14, 9, 45, tzinfo=UTC))
    told = office.told_of("daily_check_reminded")
    assert [one["awaited"] for one in told] == ["proposal"] * 2
    assert [one["superior_id"] for one in told] == [None, SUPERVISOR.id]
    assert [one["reminder"] for one in told] == [1, 2]


def test_where_nobody_dispatches_in_the_unit_whoever_is_nearest_is_told(office):
    office.issue()
    with office.open() as tx:
        for one in (DISPATCHER, SUPERVISOR, SECOND):
            found = tx.people.find(UUID(one.id))
            posts = tuple(replace(post, unit="admin-centre") for post in found.posts)
            change_person(tx, found, fresh={"posts": posts}, caller=HR)
    office.until(APPEARS)
    [told] = office.told_of("daily_check_opened")
    assert told["dispatcher_ids"] == [DISPATCHER.id]


def shift(office, code, opens, closes, **days):
    """A shift of the dispatch centre on every day of the week."""
    made = {
        "name": code,
        "hours": Window(time(opens), time(closes)),
        "weekdays": frozenset(range(7)),
        "on_holidays": False,
        "first_day": date(2026, 2, 13),
        **days,
    }
    with office.open() as tx:
        return define_shift(tx, UNIT, code=code, **made)


def roster(office, made, one):
    how = {"person_id": UUID(one.id), "first_day": date(2026, 2, 13), "last_day": None}
    with office.open() as tx:
        roster_person(tx, tx.shifts.held(made.id, seen_from="hq"), **how, caller=HR)


@pytest.mark.rule("WO-17")
def test_where_a_unit_has_shifts_each_of_them_ends_with_a_list_of_its_own(office):
    """An early shift until 18:00 and a late one over midnight; 13 February is a Friday."""
    office.issue(reply_due_at=FRIDAY + 9 * DAY)
    early, late = shift(office, "early", 8, 18), shift(office, "late", 18, 2)
    roster(office, early, DISPATCHER)
    roster(office, late, SECOND)
    office.until(APPEARS)
    office.answer()
    office.propose()
    office.until(datetime(2026, 2, 14, 9, 50, tzinfo=UTC))

    found = [(one.day.day, one.shift, one.made_at) for one in office.lists()]
    assert found == [
        (13, "early", APPEARS),
        (13, "late", datetime(2026, 2, 13, 17, 50, tzinfo=UTC)),
        (14, "early", APPEARS + DAY),
    ]
    told = [one["dispatcher_ids"] for one in office.told_of("daily_check_opened")]
    assert told == [[DISPATCHER.id], [SECOND.id], [DISPATCHER.id]]
    assert {one["awaited"] for one in office.told_of("daily_check_reminded")} == {"signature"}


def test_a_shift_that_is_not_worked_any_more_has_no_end(office):
    office.draft()
    made = shift(office, "early", 8, 16)
    assert office.due("unit.daily_check") == datetime(2026, 2, 14, 7, 50, tzinfo=UTC)
    with office.open() as tx:
        found = tx.shifts.held(made.id, seen_from="hq")
        end_shift(tx, found, last_day=date(2026, 2, 13))
    assert office.due("unit.daily_check") == datetime(2026, 2, 14, 9, 50, tzinfo=UTC)
