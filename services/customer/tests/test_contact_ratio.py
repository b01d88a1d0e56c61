"""How far the contacts that we begin outweigh those that complaints cause."""

from datetime import date
from decimal import Decimal

import pytest

from shared.ids import new_id

from .talks import communicated
from .teller import Teller

TODAY = "first=2026-03-02&last=2026-03-02"


@pytest.fixture
def centre(as_):
    return as_("marketing_centre")


def ratio(caller, unit, days=TODAY):
    shown = caller.get(f"/v1/units/{unit}/contact-ratio?{days}").json
    return shown["active"], shown["passive"], shown["ratio"]


@pytest.mark.rule("VS-38")
def test_visits_and_talks_are_held_against_the_contacts_of_complaints(desk, sales, centre, path):
    customer = desk.register("F-2", annual_amount=Decimal(500))
    desk.complete(customer, on=date(2026, 3, 2))
    communicated(sales, path)
    communicated(sales, path)
    assert (3, 0, None) == ratio(centre, "region-north")
    teller = Teller(desk, complaint_id=str(new_id()))
    teller.tell("complaint.filed.v1", customer_id=str(customer.id), level=1)
    assert (3, 1, 3.0) == ratio(centre, "region-north")

    teller.tell("complaint.first_contact_made.v1")

    assert (3, 2, 1.5) == ratio(centre, "region-north") == ratio(centre, "hq")
    assert (0, 0, None) == ratio(centre, "region-south")
    assert (0, 0, None) == ratio(centre, "hq", "first=2026-03-03&last=2026-03-31")
    assert (0, 0, None) == ratio(centre, "hq", "first=2026-02-01&last=2026-03-01")


def test_a_unit_that_the_caller_does_not_see_has_no_figures(as_):
    foreign = as_("department_head", unit="region-south")

    assert 404 == foreign.get(f"/v1/units/shop-01/contact-ratio?{TODAY}").status_code
