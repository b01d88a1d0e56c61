"""What follows for open complaints when units and persons change, and when it cannot follow yet."""

from datetime import date, datetime

import pytest

from complaint.domain.states import State
from complaint.use_cases import clocks, recounts, staff
from complaint.use_cases.follow_ups import FIRST_WAIT, LAST_WAIT
from shared.ids import new_id
from shared.org_units import CalendarMissing, calendar_of, define
from shared.rules import RuleBroken
from shared.testing import CALENDAR

RECOUNT, REASSIGN = clocks.RECOUNT, staff.REASSIGN
SHOP = {"unit": "shop-01", "parent": "region-north", "kind": "shop", "name": "Shop 01"}


def at(text):
    return datetime.fromisoformat(text + "+08:00")


def due_at(desk, complaint):
    return desk.clock(complaint).deadline.due_at


def move(desk, *, parent, calendar=None):
    desk.do(staff.keep_unit, **{**SHOP, "parent": parent}, calendar=calendar)


def calendar_here(desk):
    with desk.open() as tx:
        try:
            return calendar_of(tx.session, "shop-01")
        except CalendarMissing:
            return None


def keep(desk, name, *, active=False, posts=()):
    person = {"person_id": desk.people[name], "active": active, "superior_id": None}
    desk.do(staff.keep_person, **person, posts=[{"unit": u, "role": r} for u, r in posts])


def test_a_unit_that_moves_below_one_not_known_yet_is_kept_and_counted_later(desk):
    complaint = desk.file()

    move(desk, parent="region-east")

    assert calendar_here(desk) is None
    assert due_at(desk, complaint) == at("2026-02-14T18:00")
    assert desk.journal("clocks_recount_refused") == [{"code": "calendar_missing"}]
    assert desk.timers()[RECOUNT] == desk.now + FIRST_WAIT
    assert desk.timers()["case.wake"] == at("2026-02-14T16:00")


def test_what_was_refused_is_counted_by_its_timer_once_the_calendar_is_there(desk):
    complaint = desk.file()
    move(desk, parent="region-east")
    with desk.open() as tx:
        plain = {**CALENDAR, "workdays": {}}
        east = {"unit": "region-east", "parent": "hq", "kind": "department", "name": "East"}
        define(tx.session, **east, calendar=plain)

    desk.wake(RECOUNT)

    assert due_at(desk, complaint) == at("2026-02-24T18:00")
    assert RECOUNT not in desk.timers()


def test_the_event_of_the_missing_unit_counts_at_once_and_ends_the_waiting(desk):
    complaint = desk.file()
    move(desk, parent="region-east")
    east = {"unit": "region-east", "parent": "hq", "kind": "department", "name": "East"}

    desk.do(staff.keep_unit, **east, calendar={**CALENDAR, "workdays": {}})

    assert due_at(desk, complaint) == at("2026-02-24T18:00")
    assert RECOUNT not in desk.timers()


def test_waiting_grows_up_to_a_day_and_is_noted_once(desk):
    desk.file()
    move(desk, parent="region-east")
    waits = [desk.timers()[RECOUNT] - desk.now]
    for _ in range(11):
        desk.wake(RECOUNT)
        waits.append(desk.timers()[RECOUNT] - desk.now)

    assert waits[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-1] == LAST_WAIT
    assert len(desk.journal("clocks_recount_refused")) == 1


def test_nothing_is_counted_anew_once_nothing_is_due_any_more(desk):
    complaint = desk.review(desk.answered(1), "supervisor")
    desk.archive(complaint, "clerk")
    move(desk, parent="region-east")

    assert (desk.timers(), desk.read(complaint).next_due_at) == ({}, None)


class NotToday(RuleBroken):
    code = "not_today"


def test_one_complaint_whose_recount_is_refused_does_not_hold_back_another(desk, monkeypatch):
    refused, counted = desk.file(), desk.file()
    settled = clocks.settle

    def settle(tx, complaint, events=()):
        if complaint.id == refused.id:
            raise NotToday("not today")
        settled(tx, complaint, events)

    monkeypatch.setattr(clocks, "settle", settle)
    move(desk, parent="region-north", calendar={**CALENDAR, "workdays": {}})

    assert due_at(desk, counted) == at("2026-02-24T18:00")
    assert due_at(desk, refused) == at("2026-02-14T18:00")
    assert desk.journal("clocks_recount_refused") == [{"code": "not_today"}]
    assert calendar_here(desk).windows_on(date(2026, 2, 14)) == ()


def test_a_large_unit_is_counted_anew_a_batch_at_a_time(desk, monkeypatch):
    monkeypatch.setattr(recounts, "BATCH", 2)
    filed = [desk.file() for _ in range(5)]

    move(desk, parent="region-north", calendar={**CALENDAR, "workdays": {}})
    moved = [due_at(desk, one) == at("2026-02-24T18:00") for one in filed]
    desk.wake(recounts.RECOUNT_BELOW)
    desk.wake(recounts.RECOUNT_BELOW)

    assert moved == [True, True, False, False, False]
    assert {due_at(desk, one) for one in filed} == {at("2026-02-24T18:00")}
    assert recounts.RECOUNT_BELOW not in desk.timers()


@pytest.mark.rule("CP-18")
@pytest.mark.parametrize(
    "gone",
    [{"active": False}, {"active": True, "posts": [("shop-01", "repair_worker")]}],
    ids=["inactive", "post lost"],
)
def test_the_complaints_of_a_handler_who_left_go_to_another(desk, gone):
    complaint, elsewhere = desk.file(), desk.file(org_unit="shop-03")

    keep(desk, "assistant-north", **gone)

    found, told = desk.read(complaint), desk.told("complaint.assigned.v1")
    nearest = min(desk.people["assistant-south"], desk.people["reception"])
    assert (found.handler_id, found.form.handler_id) == (nearest, nearest)
    assert found.assigned_ids == {found.handler_id}
    assert (len(told), told[-1]["reason"], told[-1]["because"]["rule"]) == (
        3,
        "handler_left",
        "CP-18",
    )
    assert desk.read(elsewhere).handler_id == desk.people["assistant-south"]


@pytest.mark.rule("CP-20")
def test_of_a_team_the_one_who_left_is_replaced(desk):
    complaint = desk.file_at_level(3)

    keep(desk, "manager")

    names = ("sales-director", "admin-director", "supervisor")
    told = desk.told("complaint.assigned.v1")[-1]
    assert desk.read(complaint).handler_id == desk.people["sales-director"]
    assert told["person_ids"] == [str(desk.people[name]) for name in names]


def test_a_departure_is_kept_though_nobody_can_take_over_and_is_made_good_later(desk):
    complaint = desk.file_at_level(3)

    keep(desk, "admin-director")

    with desk.open() as tx:
        assert tx.staff.posts_of(desk.people["admin-director"]) == set()
    assert desk.journal("team_reassign_refused") == [{"code": "tier_empty"}]
    assert desk.timers()[REASSIGN] == desk.now + FIRST_WAIT

    successor = new_id()
    post = ("admin-centre", "administration_centre_director")
    with desk.open() as tx:
        tx.staff.keep(successor, active=True, superior_id=None, posts=[post])
    desk.wake(REASSIGN)

    assert successor in desk.read(complaint).assigned_ids
    assert desk.told("complaint.assigned.v1")[-1]["reason"] == "handler_left"
    assert REASSIGN not in desk.timers()


def test_a_departure_is_kept_though_the_calendar_is_not_known(desk):
    complaint = desk.file()
    move(desk, parent="region-east")

    keep(desk, "assistant-north")

    assert desk.read(complaint).handler_id == desk.people["assistant-north"]
    assert desk.journal("team_reassign_refused") == [{"code": "calendar_missing"}]
    assert REASSIGN in desk.timers()


@pytest.mark.parametrize("state", ["reviewed", "gm_meeting"])
def test_what_is_out_of_the_handlers_hands_stays_as_it_is(desk, state):
    if state == "reviewed":
        complaint = desk.review(desk.answered(1), "supervisor")
    else:
        complaint = desk.answered(5, level=3)
    name, before = desk.handler(complaint), desk.types()

    keep(desk, name)

    assert (desk.read(complaint).state, desk.types()) == (State(state), before)


def test_a_person_who_only_gains_a_post_keeps_his_complaints(desk):
    desk.file()
    posts = [("region-north", "regional_service_assistant"), ("hq", "general_manager")]
    before = desk.types()

    keep(desk, "assistant-north", active=True, posts=posts)

    assert desk.types() == before


def breach(desk, complaint):
    desk.do(clocks.wake, complaint.id)


@pytest.mark.rule("CP-17")
def test_a_breach_is_told_once_even_if_the_clock_is_counted_anew(desk):
    complaint = desk.file()
    desk.now = at("2026-02-14T18:00")
    breach(desk, complaint)

    saturday = {**CALENDAR, "week": {**CALENDAR["week"], "5": [["09:00", "17:00"]]}}
    move(desk, parent="region-north", calendar={**saturday, "workdays": {}})
    breach(desk, complaint)

    assert due_at(desk, complaint) < desk.now
    assert len(desk.told("complaint.first_contact_breached.v1")) == 1
    assert "case.wake" not in desk.timers()


@pytest.mark.rule("CP-17")
def test_a_breached_clock_runs_again_only_when_its_due_time_moved_into_the_future(desk):
    complaint = desk.file()
    desk.now = at("2026-02-14T18:00")
    breach(desk, complaint)

    move(desk, parent="region-north", calendar={**CALENDAR, "workdays": {}})

    clock = desk.clock(complaint)
    assert (clock.deadline.due_at, clock.breached_at) == (at("2026-02-24T18:00"), None)
    assert desk.timers()["case.wake"] == at("2026-02-24T16:00")


@pytest.mark.rule("CP-17")
def test_a_warning_whose_time_is_past_is_not_set(desk):
    received = desk.now
    desk.now = at("2026-02-14T17:00")

    desk.file(received_at=received)

    assert desk.timers() == {"case.wake": at("2026-02-14T18:00")}


@pytest.mark.parametrize(
    ("successor", "handler"),
    [
        ("reception", "reception"),
        ("assistant-south", "assistant-south"),
        ("manager", None),
        (None, None),
    ],
)
def test_the_successor_of_a_handler_gets_his_complaints_where_he_is_near(desk, successor, handler):
    complaint, gone = desk.file(), desk.people["assistant-north"]
    named = successor and desk.people[successor]

    desk.do(staff.keep_departure, person_id=gone, successor_id=named)
    keep(desk, "assistant-north")

    nearest = min(desk.people["assistant-south"], desk.people["reception"])
    wanted = desk.people[handler] if handler else nearest
    assert desk.read(complaint).handler_id == wanted
    assert len(desk.told("complaint.assigned.v1")) == 2
