"""A cooperation is adjusted or ends by a case that another person decides (AD-23)."""

from decimal import Decimal

import pytest

from customer.domain.gates import Purpose
from customer.domain.kinds import Kind
from customer.use_cases import partners

from .admissions import UNIT, way
from .desk import PEOPLE, at
from .test_entry import verdicts
from .test_partners import Way as PartnerWay

ROLES = ["sales_team", "account_manager", "contracting_unit", "department_head"]
ROLES.append("marketing_division")
END = {
    "unit": UNIT,
    "kind": "terminate",
    "reason_code": "high_risk",
    "reason": "He does not pay.",
    "evidence": "Invoices 17 to 23",
}
ADJUSTMENT = {
    **END,
    "kind": "adjust",
    "strategy": "Prepayment alone.",
    "review_on": "2026-06-01",
}
YES, NO = {"approve": True, "opinion": "So be it."}, {"approve": False, "opinion": "Wait."}


@pytest.fixture
def shop(desk):
    """A clinic that is entered in a shop and visited."""
    clinic = way(desk, annual_amount=Decimal(500))
    clinic.admitted()
    clinic.graded()
    clinic.enter()
    return clinic


@pytest.fixture
def propose(as_):
    def proposed(customer, asked=END, *, role="sales_team", who="north", unit="hq"):
        path = f"/v1/customers/{customer.id}/exits"
        return as_(role, unit=unit, who=who).post(path, asked)

    return proposed


@pytest.fixture
def decide(as_):
    def decided(case, asked=YES, *, role="general_manager", who=None, unit="hq"):
        caller = as_(role, unit=unit, who=who)
        return caller.post(f"/v1/exits/{case.json['case_id']}/decisions", asked)

    return decided


def code(answer):
    return answer.status_code, answer.json["code"]


@pytest.mark.rule("AD-23")
def test_an_approved_termination_ends_standing_admission_and_visits(desk, shop, propose, decide):
    assert desk.open_visits(shop.customer)
    case = propose(shop.customer)
    assert (201, "proposed") == (case.status_code, case.json["state"])
    assert "entered" == shop.standing()

    closed = decide(case)

    assert ("approved", "So be it.") == (closed.json["state"], closed.json["opinion"])
    assert "exited" == shop.standing()
    assert [] == desk.open_visits(shop.customer)
    with desk.open() as tx:
        assert [] == tx.admissions.living(shop.customer.id)
    (left,) = desk.told("exited")
    assert (UNIT, "exit_case", "AD-23") == (left["org_unit"], left["way"], left["because"]["rule"])
    assert ["exit_proposed", "exit_closed", "exited"] == [
        one for one in desk.types() if "exit" in one
    ]
    assert not [kind for kind, _ in desk.timers() if kind == "admission.recheck"]


@pytest.mark.rule("AD-23")
def test_whoever_was_parted_with_comes_back_by_a_new_admission_alone(
    desk, shop, propose, decide, as_
):
    decide(propose(shop.customer))
    path = f"/v1/customers/{shop.customer.id}/entries"
    entry = {"unit": UNIT, "owner_id": str(PEOPLE["north"])}

    refused = as_("department_head").post(path, entry)

    assert (409, "wrong_state") == code(refused)
    assert "not_admitted" == verdicts(desk, shop.customer, Purpose.BUSINESS)["admission"]
    shop.admitted()
    assert "prospect" == shop.standing()
    shop.enter()
    assert "entered" == shop.standing()
    assert verdicts(desk, shop.customer, Purpose.CONTRACT)["admission"] is None


@pytest.mark.rule("AD-23")
@pytest.mark.parametrize("purpose", ["contract", "signature", "business"])
def test_nobody_deals_with_whom_a_unit_parted_even_where_nobody_is_admitted(
    desk, propose, decide, purpose
):
    desk.follow("region-north", "generic")
    shop = desk.register()
    assert verdicts(desk, shop, Purpose(purpose))["admission"] is None

    decide(propose(shop))

    assert "not_admitted" == verdicts(desk, shop, Purpose(purpose))["admission"]
    assert "not_admitted" == verdicts(desk, shop, Purpose(purpose), "shop-01")["admission"]
    assert verdicts(desk, shop, Purpose(purpose), "shop-02")["admission"] is None


@pytest.mark.rule("AD-23", "AD-27")
def test_a_partner_with_whom_the_unit_parted_is_admitted_no_longer(desk, propose, decide):
    partner = PartnerWay(desk)
    partner.checked()
    partner.decide()
    assert verdicts(desk, partner.customer, Purpose.NEGOTIATION)["admission"] is None

    decide(propose(partner.customer, role="contracting_unit"))

    assert "not_admitted" == verdicts(desk, partner.customer, Purpose.NEGOTIATION)["admission"]
    with pytest.raises(partners.FormExists):
        partner.open()


@pytest.mark.rule("AD-23")
def test_an_adjustment_leaves_him_where_he_is_and_is_looked_at_again(desk, shop, propose, decide):
    case = propose(shop.customer, ADJUSTMENT)

    closed = decide(case, role="department_head", who="head-north")

    assert ("approved", "Prepayment alone.") == (closed.json["state"], closed.json["strategy"])
    assert "entered" == shop.standing()
    assert at(2026, 6, 1, 9) == desk.timers()["exit.review", f"exit_case/{case.json['case_id']}"]
    while desk.fire() != "exit.review":
        pass
    (told,) = desk.told("exit_review_due")
    assert (case.json["case_id"], "AD-23") == (told["case_id"], told["because"]["rule"])


@pytest.mark.rule("AD-23")
def test_whoever_left_since_is_not_looked_at_again(desk, shop, propose, decide):
    decide(propose(shop.customer, ADJUSTMENT), role="department_head", who="head-north")
    decide(propose(shop.customer))
    assert "exited" == shop.standing()

    while desk.fire() != "exit.review":
        pass

    assert not desk.told("exit_review_due")


@pytest.mark.rule("AD-23")
def test_a_rejected_or_withdrawn_case_changes_nothing_and_makes_room(shop, propose, decide, as_):
    case = propose(shop.customer)
    assert (409, "exit_open") == code(propose(shop.customer))
    assert "rejected" == decide(case, NO).json["state"]

    again = propose(shop.customer)
    path = f"/v1/exits/{again.json['case_id']}/withdrawals"
    assert (403, "not_the_proposer") == code(as_("sales_team", who="south").post(path, {}))
    assert "withdrawn" == as_("sales_team", who="north").post(path, {}).json["state"]

    assert (409, "wrong_state") == code(decide(again))
    assert "entered" == shop.standing()
    assert 201 == propose(shop.customer).status_code


@pytest.mark.rule("AD-23")
def test_whoever_proposed_does_not_decide(shop, propose, decide):
    case = propose(shop.customer, ADJUSTMENT, role="department_head", who="head-north")

    refused = decide(case, role="department_head", who="head-north")

    assert (403, "two_persons_needed") == code(refused)
    assert "approved" == decide(case, role="business_unit_manager").json["state"]


@pytest.mark.rule("AD-23")
@pytest.mark.parametrize("asked", [END, ADJUSTMENT])
@pytest.mark.parametrize("role", ROLES)
def test_the_packs_say_who_proposes(shop, propose, asked, role):
    assert 201 == propose(shop.customer, asked, role=role).status_code


@pytest.mark.rule("AD-23")
@pytest.mark.parametrize("asked", [END, ADJUSTMENT])
@pytest.mark.parametrize("reason", ["high_risk", "credit_lowered", "conduct"])
def test_the_packs_say_why_it_is_proposed(shop, propose, asked, reason):
    assert 201 == propose(shop.customer, {**asked, "reason_code": reason}).status_code


@pytest.mark.rule("AD-23")
@pytest.mark.parametrize(
    ("asked", "role", "status"),
    [
        (END, "general_manager", 200),
        (END, "branch_leader", 200),
        (END, "department_head", 403),
        (END, "business_unit_manager", 403),
        (ADJUSTMENT, "general_manager", 200),
        (ADJUSTMENT, "branch_leader", 403),
        (ADJUSTMENT, "department_head", 200),
        (ADJUSTMENT, "business_unit_manager", 200),
    ],
)
def test_the_packs_say_who_decides(shop, propose, decide, asked, role, status):
    answer = decide(propose(shop.customer, asked), role=role)

    assert status == answer.status_code
    if status == 403:
        assert ("exit_authority", "AD-23") == (
            answer.json["code"],
            answer.json["because"]["rule"],
        )


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({**END, "reason_code": "weather"}, (422, "exit_reason_unknown")),
        ({**END, "review_on": "2026-06-01"}, (422, "invalid")),
        ({**END, "strategy": "Prepayment."}, (422, "invalid")),
        ({**ADJUSTMENT, "strategy": None}, (422, "invalid")),
        ({**ADJUSTMENT, "review_on": "2026-03-02"}, (422, "invalid")),
        ({**END, "evidence": " "}, (422, "invalid")),
        ({**END, "unit": "shop-99"}, (422, "unit_unknown")),
        ({**END, "unit": "shop-02"}, (404, "not_found")),
    ],
)
def test_a_proposal_that_is_not_whole_is_refused(desk, shop, propose, asked, refusal):
    assert refusal == code(propose(shop.customer, asked))

    assert [] == desk.told("exit_proposed")


def test_with_whom_a_unit_has_parted_it_does_not_part_again(shop, propose, decide):
    decide(propose(shop.customer))

    assert (409, "wrong_state") == code(propose(shop.customer))


def test_a_case_is_listed_and_read_where_its_unit_is_seen(shop, propose, as_):
    case = propose(shop.customer).json
    query = f"/v1/exits?customer_id={shop.customer.id}&state=proposed&kind=terminate"

    assert [case] == as_("auditor").get(query).json["items"]
    assert case == as_("sales_team", unit="shop-01").get(f"/v1/exits/{case['case_id']}").json
    assert [] == as_("auditor").get("/v1/exits?state=approved").json["items"]
    assert [] == as_("auditor", unit="region-south").get("/v1/exits").json["items"]
    foreign = as_("sales_team", unit="region-south").get(f"/v1/exits/{case['case_id']}")
    assert (404, "not_found") == code(foreign)


def test_a_consumer_needs_no_admission_and_stays_away_once_he_was_parted_with(
    desk, propose, decide, as_
):
    guest = way(desk, kind=Kind.CONSUMER)
    guest.enter()

    decide(propose(guest.customer))

    opened = as_("sales_team").post(f"/v1/customers/{guest.customer.id}/admissions", {"unit": UNIT})
    assert (409, "admission_not_needed") == code(opened)
    assert "not_admitted" == verdicts(desk, guest.customer, Purpose.BUSINESS)["admission"]
