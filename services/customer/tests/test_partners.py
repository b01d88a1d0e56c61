"""The admission of partners of joint ventures (AD-24 to AD-30)."""

import pytest

from customer.domain.gates import NotAdmitted, Purpose
from customer.domain.kinds import Kind
from customer.domain.memberships import Standing
from customer.domain.partner_states import TRANSITIONS, Command, State
from customer.domain.partners import (
    CheckItem,
    Finding,
    FormExists,
    FormIncomplete,
    ItemsNotMet,
    PartnerForm,
    Result,
)
from customer.use_cases import gates, partners
from shared.ids import new_id
from shared.rules import Because, Invalid, WrongState

from .desk import HQ, MONDAY_10

BECAUSE = Because(pack="jointventure", version="1", clause="001-P12 L790", rule="AD-28")
ITEMS = ("company_address", "personnel", "equipment")


class Way:
    """What is done with the form of one partner."""

    def __init__(self, desk, number="F-1"):
        desk.follow("region-north", "jointventure", "generic")
        self.desk = desk
        self.customer = desk.register(number, kind=Kind.PARTNER)

    def open(self):
        return self.desk.do(partners.open_form, self.customer, unit="shop-01", caller=HQ)

    def run(self, use_case, *before, **asked):
        with self.desk.open() as tx:
            return use_case(tx, *before, tx.partners.find(self.customer.id), **asked)

    def fill(self, *left_out):
        with self.desk.open() as tx:
            asked = [one for one in partners.form_items(tx, "shop-01") if one.required]
        cells = [
            {"part": one.part, "row": 0, "item": one.item, "value": "x"}
            for one in asked
            if one.item not in left_out
        ]
        self.run(partners.fill_form, cells=cells)

    def found(self, **results):
        findings = [{"item": item, "result": result} for item, result in results.items()]
        return self.run(partners.record_findings, findings=findings, caller=HQ)

    def screened(self, *left_out):
        self.open()
        self.fill(*left_out)
        self.run(partners.submit_form)
        return self.run(partners.screen_form, explanation=None, caller=HQ)

    def checked(self, **results):
        self.screened()
        self.found(**{**dict.fromkeys(ITEMS, Result.TRUE), **results})
        return self.run(partners.end_check)

    def decide(self, explanation=None):
        return self.run(partners.decide_form, self.customer, explanation=explanation, caller=HQ)


@pytest.fixture
def partner(desk):
    return Way(desk)


@pytest.mark.rule("AD-24")
def test_a_partner_has_one_form_with_a_main_part_and_three_annexes(desk, partner):
    partner.open()

    with desk.open() as tx:
        parts = {one.part for one in partners.form_items(tx, "shop-01")}
        required = {one.item for one in partners.form_items(tx, "shop-01") if one.required}
    assert {"main", "company", "personnel", "equipment"} == parts
    assert {"partner_name", "legal_person", "address", "person", "equipment"} <= required
    with pytest.raises(FormExists):
        partner.open()


@pytest.mark.rule("AD-25")
def test_after_the_check_the_form_is_complete(partner):
    partner.screened("certificate", "address")

    with pytest.raises(FormIncomplete) as refused:
        partner.run(partners.end_check)

    assert {"personnel.certificate", "company.address"} == set(refused.value.extra["lacking"])
    partner.fill()
    assert State.ONSITE_CHECKED is partner.run(partners.end_check).state


@pytest.mark.rule("AD-25", "AD-26", "AD-30")
@pytest.mark.parametrize("item", ITEMS)
def test_what_is_ambiguous_counts_as_false(partner, item):
    partner.checked(**{item: Result.AMBIGUOUS})

    with pytest.raises(ItemsNotMet) as refused:
        partner.decide()

    assert [item] == refused.value.extra["items"]
    seen = partner.found(**{item: Result.TRUE})
    assert str(seen.findings[-1].inspector_id) == HQ.id
    assert State.ADMITTED is partner.decide().state


@pytest.mark.rule("AD-26", "AD-30")
def test_what_nobody_looked_at_counts_as_false(partner):
    partner.screened()
    partner.run(partners.end_check)

    with pytest.raises(ItemsNotMet) as refused:
        partner.decide()

    assert list(ITEMS) == refused.value.extra["items"]
    with pytest.raises(Invalid):
        partner.found(canteen=Result.TRUE)


@pytest.mark.rule("AD-27")
def test_nothing_is_negotiated_with_a_partner_before_he_is_admitted(desk, partner):
    def demand():
        desk.do(gates.demand, partner.customer, unit="shop-01", purpose=Purpose.NEGOTIATION)

    partner.checked()
    with pytest.raises(NotAdmitted) as refused:
        demand()

    assert "AD-27" == refused.value.because.rule
    partner.decide()
    demand()


@pytest.mark.rule("AD-28")
def test_an_admitted_partner_is_entered_and_then_graded(desk, partner):
    partner.checked()
    with desk.open() as tx:
        assert Standing.PROSPECT is tx.memberships.find(partner.customer.id, "shop-01").standing
    partner.decide()

    (told,) = desk.told("admitted")
    assert ("form", "AD-28") == (told["way"], told["because"]["rule"])
    with desk.open() as tx:
        standing = tx.memberships.find(partner.customer.id, "shop-01").standing
        partners.partner_graded(tx, partner.customer)
        assert State.GRADED is tx.partners.find(partner.customer.id).state
    assert Standing.ENTERED is standing


@pytest.mark.rule("AD-28")
def test_a_partner_who_is_not_fit_is_declined_with_an_explanation(desk, partner):
    partner.open()
    partner.run(partners.submit_form)

    form = partner.run(partners.screen_form, explanation="No permit.", caller=HQ)

    assert (State.DECLINED, "No permit.") == (form.state, form.explanation)
    assert [str(form.id)] == [one["form_id"] for one in desk.told("partner_declined")]
    with pytest.raises(WrongState):
        partner.fill()


TRUE = Finding("address", Result.TRUE, new_id(), MONDAY_10.date())
CHECKLIST = [CheckItem("address", "Address")]
COMMANDS = {
    Command.FILL: lambda f: f.fill([], items=[]),
    Command.SUBMIT: lambda f: f.submit(),
    Command.SCREEN: lambda f: f.screen(by=new_id()),
    Command.DECLINE: lambda f: f.decline("No.", by=new_id(), now=MONDAY_10),
    Command.FIND: lambda f: f.find([TRUE], checklist=CHECKLIST),
    Command.CHECK: lambda f: f.check(items=[]),
    Command.ADMIT: lambda f: f.admit(checklist=[], by=new_id(), now=MONDAY_10, because=BECAUSE),
    Command.GRADE: lambda f: f.grade(),
    Command.ARCHIVE: lambda f: f.archive("JV-1", by=new_id(), now=MONDAY_10),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    form = PartnerForm(
        id=new_id(),
        customer_id=new_id(),
        unit="shop-01",
        opened_at=MONDAY_10,
        opened_by=new_id(),
        state=state,
    )

    if command in TRANSITIONS[state]:
        COMMANDS[command](form)

        assert TRANSITIONS[state][command] == form.state
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](form)

        assert [one.value for one in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert (state, None, ()) == (form.state, form.explanation, form.findings)
        assert (None, None) == (form.archive_number, form.archived_at)


@pytest.mark.rule("AD-24")
def test_the_contracting_unit_registers_the_partner_whom_it_introduces(desk, as_):
    desk.follow("region-north", "jointventure", "generic")
    unit = as_("contracting_unit", unit="shop-01")
    partner = {"number": "P-1", "name": "Harbour Builders", "org_unit": "shop-01"}

    made = unit.post("/v1/partners", partner)

    assert (201, "partner") == (made.status_code, made.json["kind"])
    path = f"/v1/customers/{made.json['customer_id']}/partner-form"
    assert 201 == unit.post(path, {"unit": "shop-01"}).status_code


def test_a_contracting_unit_registers_partners_alone_and_its_own(desk, as_):
    desk.follow("region-north", "jointventure", "generic")
    unit = as_("contracting_unit", unit="shop-01")
    partner = {"number": "P-1", "name": "Harbour Builders", "org_unit": "shop-01"}

    assert 403 == unit.post("/v1/customers", {**partner, "kind": "company"}).status_code
    assert 422 == unit.post("/v1/partners", {**partner, "kind": "company"}).status_code
    elsewhere = unit.post("/v1/partners", {**partner, "org_unit": "shop-03"})
    assert (422, "unit_unknown") == (elsewhere.status_code, elsewhere.json["code"])


def test_a_unit_whose_packs_have_no_form_introduces_nobody(as_):
    partner = {"number": "P-1", "name": "Harbour Builders", "org_unit": "shop-01"}

    refused = as_("contracting_unit", unit="shop-01").post("/v1/partners", partner)

    assert "policy_missing" == refused.json["code"]
