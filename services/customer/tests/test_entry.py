"""Who is entered in a customer base, when, and with whom as owner (AD-09, AD-10, AD-12, K-12)."""

import pytest

from customer.domain.entry import GradeMissing, OwnerUnknown
from customer.domain.gates import NotAdmitted, Purpose
from customer.domain.kinds import Kind
from customer.domain.memberships import Standing
from customer.use_cases import gates
from shared.ids import new_id
from shared.rules import WrongState

from .admissions import way
from .desk import PEOPLE


def verdicts(desk, customer, purpose, unit="shop-01"):
    with desk.open() as tx:
        found = gates.passages(tx, customer, unit=unit, purpose=purpose)
        return {one.gate.value: one.code for one in found}


@pytest.mark.rule("AD-09")
def test_a_new_customer_is_a_prospect_where_customers_are_entered(desk):
    assert "prospect" == way(desk).standing()
    assert "prospect" == way(desk, number="F-2", kind=Kind.CONSUMER).standing()


@pytest.mark.rule("AD-09", "AD-12")
def test_an_admitted_customer_is_entered_with_his_owner(desk):
    clinic = way(desk)
    clinic.admitted()
    clinic.graded()

    entered = clinic.enter()

    assert (Standing.ENTERED, PEOPLE["north"]) == (entered.standing, entered.owner_id)
    (told,) = desk.told("entered")
    assert (str(PEOPLE["north"]), "shop-01") == (told["owner_id"], told["org_unit"])
    with pytest.raises(WrongState):
        clinic.enter()


@pytest.mark.rule("AD-12")
def test_nobody_is_entered_without_an_active_owner(desk):
    clinic = way(desk)
    clinic.admitted()
    clinic.graded()
    desk.receive(
        "dispatch.person_changed.v1",
        person_id=str(PEOPLE["south"]),
        active=False,
        posts=[],
        superior_id=None,
    )

    with pytest.raises(OwnerUnknown):
        clinic.enter("south")

    assert "prospect" == clinic.standing()
    assert [] == desk.told("entered")


@pytest.mark.rule("AD-01", "AD-09")
def test_who_has_to_be_admitted_is_not_entered_before(desk):
    clinic = way(desk)
    clinic.graded()

    with pytest.raises(NotAdmitted):
        clinic.enter()


@pytest.mark.rule("AD-10", "CL-21")
def test_a_customer_is_graded_before_he_is_entered(desk):
    clinic = way(desk)
    clinic.admitted()

    with pytest.raises(GradeMissing) as refused:
        clinic.enter()

    assert "AD-10" == refused.value.because.rule
    clinic.graded("vip")
    assert Standing.ENTERED is clinic.enter().standing


@pytest.mark.rule("AD-01")
@pytest.mark.parametrize("kind", [Kind.CONSUMER, Kind.RELATED_PARTY])
def test_retail_and_related_customers_are_entered_without_admission(desk, kind):
    exempt = way(desk, kind=kind)

    assert Standing.ENTERED is exempt.enter().standing
    assert [] == desk.told("admitted")


@pytest.mark.rule("AD-01")
def test_no_contract_with_who_is_not_admitted(desk):
    clinic = way(desk)

    assert "not_admitted" == verdicts(desk, clinic.customer, Purpose.CONTRACT)["admission"]
    assert "admission" not in verdicts(desk, clinic.customer, Purpose.NEGOTIATION)
    clinic.admitted()
    assert None is verdicts(desk, clinic.customer, Purpose.CONTRACT)["admission"]
    assert None is verdicts(desk, clinic.customer, Purpose.CONTRACT, "shop-03")["admission"]


def test_a_customer_who_moves_to_where_one_is_admitted_is_a_prospect_again(desk):
    desk.follow("region-south", "medical", "generic")
    customer = desk.register(org_unit="shop-01", kind=Kind.COMPANY)

    desk.change(customer, org_unit="shop-03")

    with desk.open() as tx:
        assert Standing.PROSPECT is tx.memberships.find(customer.id, "shop-03").standing


def test_an_owner_whom_nobody_told_of_is_refused(desk, as_, sales):
    desk.follow("region-north", "medical", "generic")
    customer = desk.register(kind=Kind.CONSUMER)
    head = as_("department_head")
    path = f"/v1/customers/{customer.id}/entries"

    refused = head.post(path, {"unit": "shop-01", "owner_id": str(new_id())})
    nowhere = head.post(path, {"unit": "shop-99", "owner_id": str(PEOPLE["north"])})
    elsewhere = head.post(path, {"unit": "shop-03", "owner_id": str(PEOPLE["north"])})

    assert (422, "owner_unknown") == (refused.status_code, refused.json["code"])
    assert (422, "unit_unknown") == (nowhere.status_code, nowhere.json["code"])
    assert 404 == elsewhere.status_code


@pytest.mark.rule("AD-12")
def test_a_customer_is_visited_from_the_day_on_which_he_is_entered(desk):
    clinic = way(desk)
    clinic.admitted()
    clinic.graded()
    with desk.open() as tx:
        tx.staff.keep(
            PEOPLE["north"],
            active=True,
            superior_id=None,
            posts=[("region-north", "sales_team")],
        )
    assert [] == desk.open_visits(clinic.customer)

    clinic.enter()

    (visit,) = desk.open_visits(clinic.customer)
    assert ("shop-01", PEOPLE["north"]) == (visit.org_unit, visit.visitor_id)
