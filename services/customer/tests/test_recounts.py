"""Units and persons are kept whatever follows from them; what is refused is tried again."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from customer.use_cases.staff import keep_unit
from shared import org_units
from shared.org_units import calendar_of
from shared.testing import CALENDAR

from .desk import PEOPLE, SHANGHAI, at

LARGE = Decimal(500)
STRANGER = UUID(int=0x7000_8000 << 64 | 99)
TEAM = "customer_service_team"
REGION = {"unit": "region-north", "kind": "department", "name": "North", "calendar": None}


def unit_told(desk, **changed):
    told = {"parent": "sales-centre", **REGION, **changed}
    desk.receive("dispatch.org_unit_changed.v1", **told)


def person_told(desk, name, *posts, active=True, superior=None):
    desk.receive(
        "dispatch.person_changed.v1",
        person_id=str(PEOPLE[name]),
        active=active,
        posts=[{"unit": unit, "role": role} for unit, role in posts],
        superior_id=superior and str(PEOPLE[superior]),
    )


def path_of(desk, unit):
    with desk.open() as tx:
        return org_units.chain(tx.session, unit)


def test_a_unit_below_one_that_is_not_told_yet_is_kept_and_its_reminders_wait(desk):
    customer = desk.register(annual_amount=LARGE)
    before = desk.timers()

    unit_told(desk, parent="division-new")

    retry = ("visit.recount", f"customer/{customer.id}")
    assert ["shop-01", "region-north", "division-new"] == path_of(desk, "shop-01")
    assert [{"code": "calendar_missing"}] == desk.journal("recount_refused")
    assert {**before, retry: at(2026, 3, 2, 10, 10)} == desk.timers()


def test_reminders_that_were_refused_move_once_the_missing_calendar_is_there(desk):
    customer = desk.register(annual_amount=LARGE)
    visit = desk.visit(customer)
    unit_told(desk, parent="division-new")
    assert "visit.recount" == desk.fire()
    retry = ("visit.recount", f"customer/{customer.id}")
    assert at(2026, 3, 2, 11, 10) == desk.timers()[retry]
    assert 1 == len(desk.journal("recount_refused"))
    late = {**CALENDAR, "week": {str(day): [["10:30", "19:00"]] for day in range(5)}}
    with desk.open() as tx:
        org_units.define(
            tx.session,
            unit="division-new",
            parent="hq",
            kind="division",
            name="New",
            calendar=late,
        )

    assert "visit.recount" == desk.fire()

    assert desk.timers() == {
        ("visit.remind", f"visit/{visit.id}"): at(2026, 3, 30, 10, 30),
        ("visit.overdue", f"visit/{visit.id}"): at(2026, 4, 7, 10, 30),
    }
    assert visit.id == desk.visit(customer).id


def test_a_person_is_kept_though_his_visits_cannot_be_given_to_others_yet(desk):
    lost, moved = desk.register(annual_amount=LARGE), desk.register("F-2", annual_amount=LARGE)
    desk.change(moved, org_unit="shop-02")
    unit_told(desk, unit="shop-01", parent="division-new", kind="shop", name="Shop 1")

    person_told(desk, "north", active=False)

    with desk.open() as tx:
        assert tx.staff.has_left(PEOPLE["north"])
    assert PEOPLE["north"] == desk.visit(lost).visitor_id
    assert PEOPLE["south"] == desk.visit(moved).visitor_id
    with desk.open() as tx:
        org_units.define(
            tx.session, unit="division-new", parent="hq", kind="division", name="New", calendar=None
        )
        assert "Asia/Shanghai" == calendar_of(tx.session, "shop-01").zone
    assert "visit.recount" == desk.fire()
    assert PEOPLE["south"] == desk.visit(lost).visitor_id


def test_a_search_that_is_refused_is_repeated(deserted):
    desk = deserted
    customer = desk.register(annual_amount=LARGE)
    unit_told(desk, parent="division-new")

    assert "visit.search" == desk.fire()

    retry = ("visit.recount", f"customer/{customer.id}")
    assert {retry: desk.now.astimezone(SHANGHAI) + timedelta(minutes=10)} == (desk.timers())


@pytest.mark.parametrize(
    "posts",
    [
        [("region-north", "sales_team")],
        [],
        [("region-south", TEAM)],
    ],
)
def test_the_visits_of_somebody_who_lost_his_post_go_to_whoever_is_near_now(desk, posts):
    customer = desk.register(annual_amount=LARGE)
    before = desk.visit(customer)
    with desk.open() as tx:
        tx.staff.keep(PEOPLE["head-north"], active=True, superior_id=None, posts=[("hq", TEAM)])
    person_told(desk, "south", ("shop-02", TEAM))

    person_told(desk, "north", *posts)

    after = desk.visit(customer)
    assert (PEOPLE["north"], PEOPLE["south"]) == (before.visitor_id, after.visitor_id)
    assert (before.due_on, ["visitor_changed"]) == (
        after.due_on,
        [one["reason"] for one in desk.told("visit_cancelled")],
    )


def test_somebody_who_is_still_among_the_nearest_keeps_his_visits(desk):
    person_told(desk, "north", ("region-north", TEAM), ("region-south", TEAM))
    customer = desk.register(annual_amount=LARGE)
    before = desk.visit(customer)

    person_told(desk, "north", ("region-north", TEAM))
    person_told(desk, "south", ("shop-01", TEAM))

    assert before.id == desk.visit(customer).id


@pytest.mark.parametrize("own", ["nobody-knows", "head-south"])
def test_a_customers_own_visitor_counts_only_if_visiting_is_his_role(desk, own):
    customer = desk.register(annual_amount=LARGE, visitor_id=PEOPLE.get(own, STRANGER))

    assert PEOPLE["north"] == desk.visit(customer).visitor_id


def test_a_customer_gets_his_own_visitor_as_soon_as_that_one_has_the_role(desk):
    customer = desk.register(annual_amount=LARGE, visitor_id=PEOPLE["head-south"])

    person_told(desk, "head-south", ("region-south", "department_head"), ("hq", TEAM))

    assert PEOPLE["head-south"] == desk.visit(customer).visitor_id
    assert date(2026, 4, 2) == desk.visit(customer).due_on


def told_supervisor(desk):
    assert ["visit.remind", "visit.overdue"] == [desk.fire(), desk.fire()]
    return desk.told("visit_overdue")[0]["supervisor_id"]


@pytest.mark.rule("VS-43")
def test_the_supervisor_is_who_stands_above_when_the_visit_is_overdue(desk):
    desk.register(annual_amount=LARGE)

    person_told(desk, "north", ("region-north", TEAM), superior="head-south")

    assert str(PEOPLE["head-south"]) == told_supervisor(desk)


@pytest.mark.rule("VS-43")
def test_a_supervisor_who_has_left_is_followed_by_his_own_superior(desk):
    desk.register(annual_amount=LARGE)

    person_told(desk, "head-north", active=False, superior="head-south")

    assert str(PEOPLE["head-south"]) == told_supervisor(desk)


@pytest.mark.rule("VS-43")
def test_without_anybody_above_the_nearest_department_head_is_told(desk):
    desk.register(annual_amount=LARGE)
    person_told(desk, "north", ("region-north", TEAM), ("shop-01", "department_head"))

    assert str(PEOPLE["head-north"]) == told_supervisor(desk)


@pytest.mark.rule("VS-43")
def test_superiors_who_stand_above_each_other_are_no_way_out(desk):
    desk.register(annual_amount=LARGE)
    person_told(desk, "head-north", active=False, superior="north")

    assert str(PEOPLE["head-south"]) == told_supervisor(desk)


@pytest.mark.rule("VS-43")
def test_no_supervisor_is_told_only_where_nobody_is_there(desk):
    desk.register(annual_amount=LARGE)
    person_told(desk, "head-north", active=False)
    person_told(desk, "head-south", active=False)

    assert None is told_supervisor(desk)


def test_what_is_kept_outlives_a_refusal_within_the_savepoint_of_the_event(desk):
    desk.register(annual_amount=LARGE)
    told = {**REGION, "parent": "division-new"}

    with desk.open() as tx, tx.session.begin_nested():
        keep_unit(tx, **told)
        tx.flush()

    assert ["region-north", "division-new"] == path_of(desk, "region-north")
    assert [{"code": "calendar_missing"}] == desk.journal("recount_refused")
