"""What stands before a dealing, in which order, and what is negotiated and signed (K-35)."""

from datetime import date
from types import SimpleNamespace

import pytest

from customer.domain.blacklist_rules import CustomerBlacklisted
from customer.domain.contract_states import TRANSITIONS, Command, State
from customer.domain.contracts import Contract, ContractNumberTaken, ReviewerIsDrafter
from customer.domain.gates import ContractNotReviewed, Gate, NoSignedContract, NotAdmitted, Purpose
from customer.use_cases import contracts, gates
from shared.ids import new_id
from shared.rules import Invalid, WrongState

from .admissions import HEAD, way
from .blacklists import barred_by_department
from .desk import MONDAY_10, PEOPLE, at

TODAY = date(2026, 3, 2)
SALES = SimpleNamespace(id=str(PEOPLE["north"]), unit="region-north")


def passages(desk, customer, purpose, unit="shop-01"):
    with desk.open() as tx:
        return gates.passages(tx, customer, unit=unit, purpose=purpose)


def demand(desk, customer, purpose=Purpose.BUSINESS, unit="shop-01"):
    desk.do(gates.demand, customer, unit=unit, purpose=purpose)


def drafted(desk, customer, number="K-1"):
    return desk.do(
        contracts.draft_contract,
        customer,
        unit="shop-01",
        number=number,
        products=(),
        caller=SALES,
    )


def with_contract(desk, contract, use_case, **asked):
    with desk.open() as tx:
        found = tx.contracts.get(contract.id, customer_id=contract.customer_id, seen_from="hq")
        customer = tx.customers.get(contract.customer_id, unit="hq")
        return use_case(tx, customer, found, **asked)


def reviewed(desk, contract, *, passed=True, by=HEAD):
    asked = {"passed": passed, "opinion": "fine", "caller": by}
    return with_contract(desk, contract, contracts.review_contract, **asked)


def signed(desk, contract, on=TODAY, until=None):
    days = {"signed_on": on, "valid_until": until}
    return with_contract(desk, contract, contracts.sign_contract, **days)


@pytest.mark.rule("AD-04", "SO-17")
def test_the_gates_stand_in_their_order(desk):
    clinic = way(desk)
    desk.follow("region-north", "factory", "medical", "generic")

    found = passages(desk, clinic.customer, Purpose.BUSINESS)

    assert list(Gate) == [one.gate for one in found]
    closed = ["not_admitted", "contract_not_reviewed", "no_signed_contract"]
    assert [None, *closed] == [one.code for one in found]
    assert [None, "AD-01", "SO-17", "AD-04"] == [one.because and one.because.rule for one in found]
    with pytest.raises(NotAdmitted):
        demand(desk, clinic.customer)


@pytest.mark.rule("AD-04")
def test_no_business_without_a_contract_that_is_signed_and_holds(desk):
    clinic = way(desk)
    clinic.admitted()
    with pytest.raises(NoSignedContract):
        demand(desk, clinic.customer)
    contract = drafted(desk, clinic.customer)
    with pytest.raises(NoSignedContract):
        demand(desk, clinic.customer)

    signed(desk, contract, until=date(2026, 3, 3))

    demand(desk, clinic.customer)
    (told,) = desk.told("contract_signed")
    assert ("2026-03-02", "2026-03-03") == (told["signed_on"], told["valid_until"])
    desk.now = at(2026, 3, 4, 9)
    with pytest.raises(NoSignedContract):
        demand(desk, clinic.customer)


@pytest.mark.rule("SO-17")
@pytest.mark.parametrize("reviews", [(), (False,)])
def test_nothing_is_committed_without_a_review_that_passed(desk, reviews):
    desk.follow("region-north", "factory", "generic")
    contract = drafted(desk, desk.register(kind="company"))
    for passed in reviews:
        reviewed(desk, contract, passed=passed)

    with pytest.raises(ContractNotReviewed) as refused:
        signed(desk, contract)

    assert ("contract_not_reviewed", "SO-17") == (
        refused.value.code,
        refused.value.because.rule,
    )
    assert [] == desk.told("contract_signed")


@pytest.mark.rule("SO-17")
def test_a_contract_that_passed_its_review_is_signed(desk):
    desk.follow("region-north", "factory", "generic")
    customer = desk.register(kind="company")
    contract = drafted(desk, customer)
    with pytest.raises(ReviewerIsDrafter):
        reviewed(desk, contract, by=SALES)
    reviewed(desk, contract)

    assert State.SIGNED is signed(desk, contract).state
    assert all(one.open for one in passages(desk, customer, Purpose.BUSINESS))


def test_days_that_cannot_be_and_a_number_that_is_taken_are_refused(desk):
    customer = desk.register(kind="company")
    contract = drafted(desk, customer)

    with pytest.raises(ContractNumberTaken):
        drafted(desk, customer)
    with pytest.raises(Invalid):
        signed(desk, contract, on=date(2026, 3, 3))
    with pytest.raises(Invalid):
        signed(desk, contract, until=date(2026, 3, 1))


def test_a_negotiation_says_when_the_cooperation_is_expected(desk, as_):
    customer = desk.register(kind="company")
    asked = {"unit": "shop-01", "subject": "A wing", "expected_on": "2026-05-01"}
    sales = as_("sales_team")

    made = sales.post(f"/v1/customers/{customer.id}/negotiations", asked)

    assert 201 == made.status_code
    (told,) = desk.told("opportunity_opened")
    assert ("2026-05-01", made.json["negotiation_id"]) == (
        told["expected_on"],
        told["negotiation_id"],
    )
    assert [made.json] == sales.get(f"/v1/customers/{customer.id}/negotiations").json["items"]


def test_gates_are_shown_with_their_clauses(desk, as_):
    clinic = way(desk)
    path = f"/v1/customers/{clinic.customer.id}/gates?purpose=business&unit="

    shown = as_("sales_team").get(f"{path}shop-01")
    nowhere = as_("sales_team", unit="region-north").get(f"{path}shop-03")

    assert (200, False) == (shown.status_code, shown.json["open"])
    assert ["blacklist", "admission", "signature"] == [one["gate"] for one in shown.json["gates"]]
    assert (422, "unit_unknown") == (nowhere.status_code, nowhere.json["code"])


@pytest.mark.rule("AD-11", "AD-16")
def test_who_is_barred_is_refused_before_anything_else(desk):
    clinic = way(desk)
    barred_by_department(desk, clinic.customer)

    for begin in (clinic.open, lambda: drafted(desk, clinic.customer)):
        with pytest.raises(CustomerBlacklisted):
            begin()

    first = passages(desk, clinic.customer, Purpose.BUSINESS)[0]
    assert (Gate.BLACKLIST, "customer_blacklisted") == (first.gate, first.code)


CONTRACT_COMMANDS = {
    Command.APPROVE: lambda c: c.review(passed=True, opinion="fine", by=new_id(), now=MONDAY_10),
    Command.REFUSE: lambda c: c.review(passed=False, opinion="no", by=new_id(), now=MONDAY_10),
    Command.SIGN: lambda c: c.sign(signed_on=TODAY, valid_until=None, today=TODAY),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    contract = Contract(
        id=new_id(),
        customer_id=new_id(),
        unit="shop-01",
        number="K-1",
        products=(),
        drafted_at=MONDAY_10,
        drafted_by=new_id(),
        state=state,
    )

    if command in TRANSITIONS[state]:
        CONTRACT_COMMANDS[command](contract)

        assert TRANSITIONS[state][command] == contract.state
    else:
        with pytest.raises(WrongState) as refused:
            CONTRACT_COMMANDS[command](contract)

        assert [one.value for one in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert (state, None) == (contract.state, contract.opinion)


def test_nobody_asks_at_a_gate_of_a_unit_that_he_does_not_see(as_, desk):
    customer = desk.register(kind="company")
    asked = {"unit": "shop-03", "subject": "A wing", "expected_on": "2026-05-01"}

    refused = as_("sales_team", unit="region-north").post(
        f"/v1/customers/{customer.id}/negotiations", asked
    )

    assert (422, "unit_unknown") == (refused.status_code, refused.json["code"])
