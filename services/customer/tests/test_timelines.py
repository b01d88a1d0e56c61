"""The history of a customer: what of it is seen from where."""

from uuid import UUID

import pytest

from customer.use_cases import admission, contracts

from .admissions import way
from .blacklists import barred_by_company, barred_by_department
from .desk import HQ
from .graders import entered
from .test_stage_reviews import graded, until


@pytest.fixture
def clinic(desk):
    """A clinic that a shop in the north and one in the south deal with."""
    made = way(desk)
    desk.follow("region-south", "medical", "generic")
    with desk.open() as tx:
        entered(tx, made.customer.id, "shop-03")
    return made


@pytest.fixture
def kinds(as_):
    def seen(customer_id, unit="hq"):
        path = f"/v1/customers/{customer_id}/timeline?limit=100"
        items = as_("sales_team", unit=unit).get(path).json["items"]
        return [item["kind"] for item in items]

    return seen


def test_an_admission_is_seen_by_the_unit_and_above(clinic, kinds):
    clinic.admitted()

    assert {"admission_opened", "admission_step_taken", "customer.admitted.v1"} <= {
        *kinds(clinic.customer.id, "region-north")
    }
    assert not [kind for kind in kinds(clinic.customer.id, "region-south") if "admi" in kind]


def test_what_is_negotiated_is_seen_by_the_unit_and_above(desk, clinic, kinds):
    clinic.admitted()
    asked = {"unit": "shop-01", "subject": "beds", "expected_on": desk.now.date(), "caller": HQ}
    desk.do(contracts.open_negotiation, clinic.customer, **asked)

    told = "customer.opportunity_opened.v1"
    assert told in kinds(clinic.customer.id, "shop-01")
    assert told not in kinds(clinic.customer.id, "shop-03")


def test_the_list_of_a_department_is_seen_there_and_where_it_bars(desk, clinic, kinds):
    barred_by_department(desk, clinic.customer)

    seen = {unit for unit in UNITS if "customer.blacklisted.v1" in kinds(clinic.customer.id, unit)}
    assert {"hq", "region-north", "shop-01"} == seen


def test_the_list_of_the_company_is_seen_by_all_and_the_report_by_the_reporter(desk, clinic, kinds):
    barred_by_company(desk, clinic.customer)

    told = {unit: kinds(clinic.customer.id, unit) for unit in UNITS}
    assert {*UNITS} == {unit for unit in UNITS if "customer.blacklisted.v1" in told[unit]}
    reported = {unit for unit in UNITS if "customer.blacklist_reported.v1" in told[unit]}
    assert {"hq", "region-north"} == reported


UNITS = ("hq", "region-north", "shop-01", "region-south", "shop-03")


def test_a_review_is_seen_by_the_unit_and_above(department, desk, kinds):
    customer_id = graded(department).rpartition("/")[2]
    with desk.open() as tx:
        entered(tx, UUID(customer_id), "shop-03")
    until(desk, "grade.review_open")

    told = "customer.evaluation_due.v1"
    assert told in kinds(customer_id, "region-north")
    assert told not in kinds(customer_id, "region-south")


def test_pages_leave_nothing_out_that_may_be_seen(desk, clinic, as_, kinds):
    desk.do(admission.open_admission, clinic.customer, unit="shop-03", products=(), caller=HQ)
    clinic.admitted()
    north = as_("sales_team", unit="region-north")
    path, cursor, seen = f"/v1/customers/{clinic.customer.id}/timeline?limit=2", "", []
    while cursor is not None:
        page = north.get(path + cursor).json
        seen += [item["kind"] for item in page["items"]]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"

    assert kinds(clinic.customer.id, "region-north") == seen
