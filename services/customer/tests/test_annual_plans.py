"""The visit plan of a department: derived from its sales plan, with proposals to each customer."""

from datetime import date

import pytest

from customer.domain.cadence import count_in_year
from customer.use_cases import annual_plans

from .desk import PEOPLE
from .visit_packs import SHOP, enter, following, grade

ALL = f"/v1/units/{SHOP}/visit-plans"
YEAR = {"year": 2027, "sales_plan": "Sales plan 2027"}
PROPOSALS = {"sales": "two lines more", "service": "a yearly check", "promotion": "the spring fair"}


@pytest.fixture(autouse=True)
def medical(desk):
    following(desk, "medical")


@pytest.fixture
def vip(desk):
    """A customer whom salespeople visit each month."""
    customer = desk.register()
    grade(desk, customer, "medical:vip")
    return customer


@pytest.fixture
def head(as_):
    return as_("department_head", who="head-north")


@pytest.fixture
def division(as_):
    return as_("marketing_division", who="south")


def drafted(caller, **asked):
    answer = caller.post(ALL, {**YEAR, **asked})
    assert 201 == answer.status_code, answer.text
    return f"/v1/visit-plans/{answer.json['plan_id']}"


def rows(caller, one, **asked):
    found = caller.get(f"{one}/rows", query_string=asked).json["items"]
    return {row["customer_id"]: row for row in found}


def proposed(caller, one, customer, **proposals):
    told = {"proposals": proposals or PROPOSALS}
    return caller.post(f"{one}/rows/{customer.id}/proposals", told)


@pytest.fixture
def whole(head, vip):
    """A plan whose only customer has his proposals."""
    one = drafted(head)
    assert 200 == proposed(head, one, vip).status_code
    return one


@pytest.mark.rule("VS-12")
def test_a_plan_holds_the_visits_of_the_year_to_each_customer_whom_the_rules_visit(desk, head, vip):
    ordinary = desk.register("F-2")
    grade(desk, ordinary, "medical:qualified")
    ungraded = desk.register("F-3")
    enter(desk, ungraded)

    one = drafted(head)

    shown = head.get(one).json
    named = [shown[name] for name in ("org_unit", "year", "sales_plan", "state")]
    assert [SHOP, 2027, "Sales plan 2027", "draft"] == named
    assert (2, 2) == (shown["rows"], shown["open_rows"])
    assert {str(vip.id): {"visit": 12}, str(ordinary.id): {"visit": 4}} == {
        customer_id: row["visits"] for customer_id, row in rows(head, one).items()
    }
    assert "001-P10 L642" == shown["because"]["clause"]


@pytest.mark.rule("VS-12")
@pytest.mark.parametrize("left_out", PROPOSALS)
def test_a_plan_is_submitted_once_each_customer_has_every_proposal(head, vip, left_out):
    one = drafted(head)
    first = {name: text for name, text in PROPOSALS.items() if name != left_out}
    assert not proposed(head, one, vip, **first).json["complete"]
    assert [str(vip.id)] == list(rows(head, one, complete="false"))
    refused = head.post(f"{one}/submissions", {})
    assert ("plan_incomplete", 1) == (refused.json["code"], refused.json["missing"])

    made = proposed(head, one, vip, **{left_out: PROPOSALS[left_out]}).json

    assert (True, PROPOSALS) == (made["complete"], made["proposals"])
    assert "submitted" == head.post(f"{one}/submissions", {}).json["state"]
    assert {} == rows(head, one, complete="false")


@pytest.mark.rule("VS-12")
def test_other_proposals_and_customers_are_refused(desk, head, vip):
    one, other = drafted(head), desk.register("F-2")

    odd = proposed(head, one, vip, gifts="a watch")
    assert (422, "proposal_unknown", ["gifts"]) == (
        odd.status_code,
        odd.json["code"],
        odd.json["unknown"],
    )
    assert 404 == proposed(head, one, other).status_code


@pytest.mark.rule("VS-12")
def test_the_department_submits_and_the_marketing_division_decides(
    desk, as_, head, division, whole
):
    assert "not_their_plan" == division.post(f"{whole}/submissions", {}).json["code"]
    head.post(f"{whole}/submissions", {})
    assert "not_their_plan" == head.post(f"{whole}/approvals", {}).json["code"]
    himself = as_("marketing_division", who="head-north")
    assert "not_their_plan" == himself.post(f"{whole}/approvals", {}).json["code"]

    returned = division.post(f"{whole}/returns", {"reason": "too thin"}).json
    assert ("returned", "too thin") == (returned["state"], returned["refusal"])
    head.post(f"{whole}/submissions", {})
    approved = division.post(f"{whole}/approvals", {}).json

    assert ("approved", str(PEOPLE["south"])) == (approved["state"], approved["decided_by"])
    assert ["submitted", "returned", "submitted", "approved"] == [
        told["state"] for told in desk.told("visit_plan_moved")
    ]


@pytest.mark.rule("VS-12")
def test_a_department_has_one_plan_a_year(head, vip):
    drafted(head)

    assert (409, "plan_exists") == refused(head.post(ALL, YEAR))
    drafted(head, year=2026)
    assert (422, "invalid") == refused(head.post(ALL, {**YEAR, "year": 2025}))


def refused(answer):
    return answer.status_code, answer.json["code"]


@pytest.mark.rule("VS-12")
def test_a_large_base_is_taken_in_part_by_part(desk, head, vip, monkeypatch):
    monkeypatch.setattr(annual_plans, "AT_ONCE", 2)
    others = [desk.register(f"F-{number}") for number in range(2, 6)]
    for customer in others:
        grade(desk, customer, "medical:preferred")

    one = drafted(head)
    assert ("filling", 2) == tuple(head.get(one).json[name] for name in ("state", "rows"))
    assert (409, "wrong_state") == refused(proposed(head, one, vip))
    assert ["visit_plan.fill"] * 2 == [desk.fire(), desk.fire()]

    assert ("draft", 5) == tuple(head.get(one).json[name] for name in ("state", "rows"))
    assert {str(customer.id) for customer in (vip, *others)} == set(rows(head, one))
    page = head.get(f"{one}/rows?limit=3").json
    rest = head.get(f"{one}/rows?limit=3&cursor={page['next_cursor']}").json
    assert (3, 2) == (len(page["items"]), len(rest["items"]))


def test_a_unit_whose_packs_know_no_plans_has_none(desk, head):
    desk.follow(SHOP, "generic")

    assert (422, "policy_missing") == refused(head.post(ALL, YEAR))


@pytest.mark.parametrize(
    ("first", "months", "year", "count"),
    [
        (date(2026, 4, 2), 1, 2026, 9),
        (date(2026, 4, 2), 1, 2027, 12),
        (date(2026, 12, 31), 6, 2027, 2),
        (date(2026, 11, 30), 3, 2027, 4),
        (date(2026, 5, 1), 24, 2027, 0),
        (date(2026, 5, 1), 24, 2028, 1),
        (date(2028, 1, 1), 1, 2027, 0),
        (date(2027, 7, 1), None, 2027, 1),
        (date(2026, 7, 1), None, 2027, 0),
    ],
)
def test_the_visits_of_a_year_are_counted_from_the_first_that_is_due(first, months, year, count):
    assert count == count_in_year(first, months, year)
