"""What a customer contributes to each department (CL-41)."""

import pytest

from .graders import entered
from .test_gradings import code


@pytest.fixture
def division(as_):
    return as_("marketing_division")


def tell(caller, customer, amount="30", *, unit="shop-01", as_of="2026-03-01"):
    body = {"unit": unit, "amount": amount, "as_of": as_of}
    return caller.post(f"/v1/customers/{customer.id}/contributions", body)


def figures(answer):
    return [(one["unit"], one["amount"], one["as_of"]) for one in answer.json["items"]]


@pytest.mark.rule("CL-41")
def test_each_department_has_one_figure_of_a_customer(desk, division):
    customer = desk.register()
    with desk.open() as tx:
        entered(tx, customer.id, "shop-03")
    path = f"/v1/customers/{customer.id}/contributions"

    assert 200 == tell(division, customer).status_code
    assert 200 == tell(division, customer, "7.5", unit="shop-03").status_code
    assert 200 == tell(division, customer, "31").status_code

    assert [("shop-01", "31", "2026-03-01"), ("shop-03", "7.5", "2026-03-01")] == figures(
        division.get(path)
    )


@pytest.mark.rule("CL-41")
def test_those_who_contribute_most_stand_first(desk, division):
    customers = [desk.register(f"F-{n}") for n in range(3)]
    for customer, amount in zip(customers, ("5", "30", "20"), strict=True):
        tell(division, customer, amount)

    shown = division.get("/v1/units/shop-01/contributions")

    assert ["30", "20", "5"] == [one["amount"] for one in shown.json["items"]]
    first = division.get("/v1/units/shop-01/contributions?limit=2").json
    behind = {"cursor": first["next_cursor"]}
    rest = division.get("/v1/units/shop-01/contributions", query_string=behind).json
    assert [str(customers[0].id)] == [one["customer_id"] for one in rest["items"]]


@pytest.mark.rule("CL-41")
def test_a_figure_is_not_older_than_the_known_one_nor_of_a_day_to_come(desk, division):
    customer = desk.register()
    tell(division, customer)

    assert (409, "contribution_outdated") == code(tell(division, customer, as_of="2026-02-28"))
    assert 422 == tell(division, customer, as_of="2026-03-03").status_code
    assert 422 == tell(division, customer, "-1").status_code
    assert [("shop-01", "30", "2026-03-01")] == figures(
        division.get(f"/v1/customers/{customer.id}/contributions")
    )


@pytest.mark.rule("CL-41")
def test_a_department_tells_of_customers_of_its_own_base_alone(desk, division, as_):
    customer = desk.register()
    north = as_("department_head", unit="region-north")

    assert (409, "not_in_base") == code(tell(division, customer, unit="shop-03"))
    assert (422, "unit_unknown") == code(tell(north, customer, unit="region-south"))
    assert 200 == tell(north, customer, unit="region-north").status_code
    south = as_("department_head", unit="region-south")
    assert 404 == tell(south, customer).status_code
    assert 404 == south.get("/v1/units/shop-01/contributions").status_code
