"""Visits that an occasion asks for, and visits that come more often for a while."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from customer.domain.projects import Stage
from customer.domain.visit_occasions import OccasionKind
from customer.use_cases.contracts import open_negotiation
from customer.use_cases.projects import change_project, record_project
from customer.use_cases.visit_occasions import tell_occasion

from .desk import HQ, at
from .visit_packs import due, enter, following, grade, report

GROUP, MANAGER = "key_account_group", "marketing_manager"


def tell(desk, customer, kind, on, reference="contract 7"):
    with desk.open() as tx:
        found = tx.customers.get(customer.id, unit="hq")
        tell_occasion(tx, found, kind=kind, happens_on=on, reference=reference, caller=HQ)


def nodes(desk, customer, activity):
    return sorted(
        visit.due_on.isoformat()
        for visit in desk.open_visits(customer)
        if visit.activity == activity
    )


@pytest.mark.rule("VS-23")
def test_before_a_contract_ends_one_speaks_three_times_more(desk):
    following(desk, "keyaccount")
    customer = desk.register()

    tell(desk, customer, OccasionKind.CONTRACT_EXPIRY, date(2026, 6, 1))

    assert ["2026-04-02", "2026-05-02", "2026-05-25"] == nodes(desk, customer, "node_contact")
    assert "2026-06-02" == due(desk, customer)["communication", GROUP]


@pytest.mark.rule("VS-23")
def test_what_is_told_late_leaves_out_the_contacts_whose_day_has_passed(desk):
    following(desk, "keyaccount")
    customer = desk.register()

    tell(desk, customer, OccasionKind.CONTRACT_EXPIRY, date(2026, 4, 1))
    tell(desk, customer, OccasionKind.MILESTONE, date(2026, 3, 4), "roof")

    # Thirty days before is today; the milestone comes sooner than its seven days.
    assert ["2026-03-02", "2026-03-02", "2026-03-25"] == nodes(desk, customer, "node_contact")


@pytest.mark.rule("VS-23")
def test_a_node_that_is_moved_moves_its_contacts_and_leaves_what_was_done(desk):
    following(desk, "keyaccount")
    customer = desk.register()
    tell(desk, customer, OccasionKind.CONTRACT_EXPIRY, date(2026, 6, 1))
    desk.now = at(2026, 4, 1, 10)
    report(desk, customer, "node_contact", on=date(2026, 4, 1))

    tell(desk, customer, OccasionKind.CONTRACT_EXPIRY, date(2026, 7, 1))

    assert ["2026-06-01", "2026-06-24"] == nodes(desk, customer, "node_contact")
    assert [str(customer.id)] == [one["customer_id"] for one in desk.told("visit_completed")]


@pytest.mark.rule("VS-42")
def test_after_a_sale_somebody_asks_how_it_went(desk):
    following(desk, "medical")
    customer = desk.register()
    enter(desk, customer)

    tell(desk, customer, OccasionKind.SALE, date(2026, 3, 1), "order 1")
    tell(desk, customer, OccasionKind.SALE, date(2026, 3, 2), "order 2")

    assert ["2026-03-08", "2026-03-09"] == nodes(desk, customer, "sale_follow_up")
    desk.now = at(2026, 3, 8, 10)
    report(desk, customer, "sale_follow_up", on=date(2026, 3, 8), sections=("problems", "solved"))
    assert ["2026-03-09"] == nodes(desk, customer, "sale_follow_up")


@pytest.mark.rule("CM-10", "VS-34")
def test_before_each_holiday_of_the_calendar_a_visit_is_due(desk):
    following(desk, "bu-control")
    desk.now = at(2026, 1, 5, 10)
    customer = desk.register()

    found = due(desk, customer)

    assert "2026-02-05" == found["spring_festival_visit", MANAGER]
    assert "2026-09-15" == found["mid_autumn_visit", MANAGER]


@pytest.mark.rule("CM-10")
def test_a_holiday_that_had_its_visit_gets_none_again_until_the_next_is_known(desk):
    following(desk, "bu-control")
    customer = desk.register()
    desk.now = at(2026, 9, 10, 10)
    report(desk, customer, "mid_autumn_visit", on=date(2026, 9, 10))

    found = due(desk, customer)

    assert ("mid_autumn_visit", MANAGER) not in found
    assert ("spring_festival_visit", MANAGER) not in found  # That of 2027 is not published.
    assert at(2026, 10, 8, 9) == desk.timers()["visit.turn", f"customer/{customer.id}"]


@pytest.mark.rule("VS-21")
@pytest.mark.parametrize(("days", "due_on"), [(90, "2026-05-17"), (91, "2026-07-02")])
def test_a_partner_with_a_project_soon_is_visited_twice_as_often(desk, days, due_on):
    following(desk, "jointventure")
    customer = desk.register()
    grade(desk, customer, "jv:d")
    start = date(2026, 4, 2) + timedelta(days=days)
    desk.now = at(2026, 4, 2, 10)
    report(
        desk,
        customer,
        "partner_visit",
        on=date(2026, 4, 2),
        sections=["next_moves"],
        data_check="checked",
    )
    assert "2026-10-02" == due(desk, customer)["partner_visit", "contracting_unit"]

    with desk.open() as tx:
        found = tx.customers.get(customer.id, unit="hq")
        project = record_project(tx, found, name="Bridge", starts_on=start, caller=HQ)

    near = due(desk, customer)["partner_visit", "contracting_unit"]
    if days > 90:
        assert "2026-10-02" == near
        assert at(2026, 4, 3, 9) == desk.timers()["visit.turn", f"customer/{customer.id}"]
        return
    assert "2026-07-02" == near  # Half of 183 days.
    with desk.open() as tx:
        change_project(tx, tx.projects.known(project.id), fresh={"stage": Stage.FINISHED})
    assert "2026-10-02" == due(desk, customer)["partner_visit", "contracting_unit"]


@pytest.mark.rule("VS-21")
def test_what_is_negotiated_for_soon_brings_visits_closer_as_well(desk):
    following(desk, "jointventure")
    customer = desk.register(since=date(2026, 3, 2))
    grade(desk, customer, "jv:d")
    asked = {"unit": "shop-01", "subject": "a bridge", "caller": HQ}

    desk.do(open_negotiation, customer, expected_on=date(2026, 6, 20), **asked)
    assert "2026-09-02" == due(desk, customer)["partner_visit", "contracting_unit"]

    desk.do(open_negotiation, customer, expected_on=date(2026, 5, 31), **asked)
    assert "2026-06-02" == due(desk, customer)["partner_visit", "contracting_unit"]


@pytest.mark.rule("VS-21")
def test_time_alone_begins_and_ends_the_closer_visits(desk):
    following(desk, "jointventure")
    customer = desk.register(since=date(2026, 3, 2))
    grade(desk, customer, "jv:d")
    with desk.open() as tx:
        found = tx.customers.get(customer.id, unit="hq")
        record_project(tx, found, name="Bridge", starts_on=date(2026, 6, 1), caller=HQ)
    days = []
    for _ in range(2):
        while desk.fire() != "visit.turn":
            pass
        days.append((desk.now, due(desk, customer)["partner_visit", "contracting_unit"]))

    # From 3 March on the interval is halved; on the day after the beginning it is whole again.
    assert [(at(2026, 3, 3, 9), "2026-06-02"), (at(2026, 6, 2, 9), "2026-09-02")] == days


def test_an_overdue_visit_stays_overdue_when_the_plan_is_made_anew(desk):
    customer = desk.register(annual_amount=Decimal(500))
    for _ in range(2):
        desk.fire()
    before = desk.visit(customer)

    desk.change(customer, industry="retail", since=date(2026, 3, 2))

    assert (before.id, "overdue") == (desk.visit(customer).id, desk.visit(customer).state)
