"""Visits from their planning to the report, and what becomes of them when things change."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from customer.adapters.tables import visits as table
from customer.domain.visit_rules import VisitMode
from customer.domain.visit_states import State
from customer.use_cases import visits
from shared.rules import Invalid, WrongState

from .desk import HQ, PEOPLE, at

LARGE, MEDIUM, SMALL = Decimal(500), Decimal(100), Decimal("99.99")
GENERIC = {"pack": "generic", "version": "1"}


@pytest.mark.rule("VS-01")
@pytest.mark.parametrize(
    ("amount", "due_on"),
    [(LARGE, "2026-04-02"), (MEDIUM, "2026-06-02"), (SMALL, "2026-09-02")],
)
def test_a_new_customer_is_visited_as_often_as_his_size_asks_for(desk, amount, due_on):
    customer = desk.register(annual_amount=amount)

    assert desk.told("visit_planned") == [
        {
            "visit_id": str(desk.visit(customer).id),
            "customer_id": str(customer.id),
            "org_unit": "shop-01",
            "visitor_id": str(PEOPLE["north"]),
            "supervisor_id": str(PEOPLE["head-north"]),
            "due_on": due_on,
            "activity": "return_visit",
            "because": {**GENERIC, "clause": "000 S36", "rule": "VS-01"},
        }
    ]


@pytest.mark.rule("VS-43")
def test_the_visitor_is_reminded_and_then_the_supervisor_told(desk):
    customer = desk.register(annual_amount=LARGE)
    visit = desk.visit(customer)
    subject = f"visit/{visit.id}"
    assert desk.timers() == {
        ("visit.remind", subject): at(2026, 3, 30, 9),
        ("visit.overdue", subject): at(2026, 4, 7, 9),  # after Tomb-Sweeping Day
    }

    because = {**GENERIC, "clause": "000 S35", "rule": "VS-43"}
    told = {
        "visit_id": str(visit.id),
        "customer_id": str(customer.id),
        "org_unit": "shop-01",
        "visitor_id": str(PEOPLE["north"]),
        "due_on": "2026-04-02",
        "because": because,
    }
    assert ("visit.remind", at(2026, 3, 30, 9)) == (desk.fire(), desk.now)
    assert [told] == desk.told("visit_due")
    assert State.DUE == desk.visit(customer).state

    assert "visit.overdue" == desk.fire()
    assert [{**told, "supervisor_id": str(PEOPLE["head-north"])}] == desk.told("visit_overdue")
    assert State.OVERDUE == desk.visit(customer).state

    assert ("visit.escalate", at(2026, 4, 13, 9)) == (desk.fire(), desk.now)
    assert [{**told, "supervisor_id": str(PEOPLE["head-north"]), "superior_id": None}] == desk.told(
        "visit_escalated"
    )
    assert State.ESCALATED == desk.visit(customer).state
    assert {} == desk.timers()


@pytest.mark.parametrize("fired", [0, 1, 2])
def test_a_report_ends_the_visit_and_plans_the_next_from_its_day(desk, fired):
    customer = desk.register(annual_amount=LARGE)
    for _ in range(fired):
        desk.fire()
    desk.now = at(2026, 5, 5, 10)

    done = desk.complete(customer, on=date(2026, 3, 31))

    following = desk.visit(customer)
    assert (State.DONE, date(2026, 3, 31), "all well") == (
        done.state,
        done.completed_on,
        done.report,
    )
    assert [date(2026, 5, 5)] == [following.due_on]  # 30 April has passed
    assert {f"visit/{following.id}"} == {subject for _, subject in desk.timers()}
    assert [str(done.id)] == [one["visit_id"] for one in desk.told("visit_completed")]
    assert [{"visit_id": str(done.id), "on": "2026-03-31"}] == desk.journal("visit_completed")


@pytest.mark.rule("VS-01")
def test_after_a_visit_on_the_31st_the_next_is_due_at_the_end_of_the_shorter_month(desk):
    desk.now = at(2026, 1, 5, 10)
    customer = desk.register(annual_amount=LARGE)
    desk.now = at(2026, 1, 31, 20)

    desk.complete(customer, on=date(2026, 1, 31))

    assert date(2026, 2, 28) == desk.visit(customer).due_on


@pytest.mark.rule("VS-01")
def test_another_size_replaces_the_open_visit_and_its_timers(desk):
    customer = desk.register(annual_amount=SMALL)
    desk.now = at(2026, 3, 20, 10)
    desk.complete(customer, on=date(2026, 3, 18))
    half_a_year = desk.visit(customer)

    desk.change(customer, annual_amount=LARGE)

    month = desk.visit(customer)
    assert (date(2026, 9, 18), date(2026, 4, 18)) == (half_a_year.due_on, month.due_on)
    assert [{"due_date_changed": str(half_a_year.id)}] == [
        {one["reason"]: one["visit_id"]} for one in desk.told("visit_cancelled")
    ]
    assert [("visit.overdue", month.id), ("visit.remind", month.id)] == sorted(
        (kind, type(month.id)(subject.removeprefix("visit/"))) for kind, subject in desk.timers()
    )


def test_an_amount_that_leaves_the_size_leaves_the_visit(desk):
    customer = desk.register(annual_amount=LARGE)
    before = desk.visit(customer)

    desk.change(customer, annual_amount=Decimal(900), industry="retail")

    assert before.id == desk.visit(customer).id
    assert [] == desk.told("visit_cancelled")


def test_the_customers_own_visitor_comes_before_whoever_is_near(desk):
    customer = desk.register(annual_amount=LARGE, visitor_id=PEOPLE["south"])
    first = desk.visit(customer)

    desk.change(customer, visitor_id=PEOPLE["north"])

    second = desk.visit(customer)
    assert (PEOPLE["south"], PEOPLE["north"]) == (first.visitor_id, second.visitor_id)
    assert first.due_on == second.due_on
    assert ["visitor_changed"] == [one["reason"] for one in desk.told("visit_cancelled")]


def test_visits_go_to_whoever_is_near_and_has_the_fewest(desk):
    second = PEOPLE["south"]
    with desk.open() as tx:
        tx.staff.keep(
            second, active=True, superior_id=None, posts=[("shop-02", "customer_service_team")]
        )

    made = [desk.register(f"F-{n}", annual_amount=LARGE, org_unit="shop-01") for n in range(3)]
    near = desk.register("F-9", annual_amount=LARGE, org_unit="shop-02")

    given = [desk.visit(customer).visitor_id for customer in made]
    assert [PEOPLE["north"], second, PEOPLE["north"]] == given
    assert second == desk.visit(near).visitor_id


def test_a_customer_without_visitor_is_looked_for_every_working_day_until_somebody_is_there(
    deserted,
):
    desk = deserted
    customer = desk.register(annual_amount=LARGE)
    subject = f"customer/{customer.id}"
    assert {("visit.search", subject): at(2026, 3, 3, 9)} == desk.timers()

    assert "visit.search" == desk.fire()
    assert {("visit.search", subject): at(2026, 3, 4, 9)} == desk.timers()
    assert [{"searched_again_on": "2026-03-03"}] == desk.journal("visit_unassigned")

    with desk.open() as tx:
        tx.staff.keep(
            PEOPLE["north"], active=True, superior_id=None, posts=[("hq", "customer_service_team")]
        )
    assert "visit.search" == desk.fire()
    assert (PEOPLE["north"], date(2026, 4, 2)) == (
        desk.visit(customer).visitor_id,
        desk.visit(customer).due_on,
    )
    assert ["visit.overdue", "visit.remind"] == sorted(kind for kind, _ in desk.timers())


def test_a_customer_who_moves_is_visited_from_his_new_unit(desk):
    customer = desk.register(annual_amount=LARGE)

    desk.change(customer, org_unit="shop-03")

    visit = desk.visit(customer)
    assert ("shop-03", PEOPLE["south"], date(2026, 4, 2)) == (
        visit.org_unit,
        visit.visitor_id,
        visit.due_on,
    )
    assert ["unit_changed"] == [one["reason"] for one in desk.told("visit_cancelled")]


def test_a_visit_is_not_reported_on_before_it_was_made(desk):
    customer = desk.register(annual_amount=LARGE)

    with pytest.raises(Invalid) as refused:
        desk.complete(customer, on=date(2026, 3, 3))

    assert {"completed_on": ["Lies in the future."]} == refused.value.extra["errors"]
    assert State.PLANNED == desk.visit(customer).state


def test_a_visit_is_completed_once(desk):
    customer = desk.register(annual_amount=LARGE)
    done = desk.complete(customer, on=date(2026, 3, 2))

    with desk.open() as tx, pytest.raises(WrongState):
        visits.complete_visit(
            tx,
            tx.visits.get(done.id, caller=HQ),
            completed_on=date(2026, 3, 2),
            mode=VisitMode.TELEPHONE,
            report="again",
            caller=HQ,
        )
    assert 1 == len(desk.told("visit_completed"))


def test_a_timer_of_a_visit_that_went_on_changes_nothing(desk):
    customer = desk.register(annual_amount=LARGE)
    done = desk.complete(customer, on=date(2026, 3, 2))
    told = desk.types()

    desk.do(visits.remind_visitor, visit_id=done.id, because=done.because)
    desk.do(visits.report_overdue, visit_id=done.id, because=done.because)

    assert told == desk.types()


def test_there_is_never_more_than_one_open_visit_of_an_activity(desk):
    customer = desk.register(annual_amount=LARGE)
    for amount in (SMALL, MEDIUM, LARGE, MEDIUM):
        desk.change(customer, annual_amount=amount)

    with desk.sessions() as session:
        states = session.execute(select(table.c.state, func.count()).group_by(table.c.state)).all()
    assert {State.CANCELLED: 4, State.PLANNED: 1} == dict(map(tuple, states))
    assert 2 == len(desk.timers())
