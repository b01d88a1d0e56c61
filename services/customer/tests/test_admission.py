"""The way of a customer to admission (AD-01 to AD-10)."""

from datetime import date

import pytest

from customer.api.policies import SECTIONS
from customer.domain.admission import AdmissionNotNeeded, AdmissionOpen, StepOutOfOrder
from customer.domain.admission_conditions import Verdict, Why
from customer.domain.admission_states import State
from customer.domain.kinds import Kind
from customer.main import RULEBOOK
from shared.policy import PackFault, parse
from shared.rules import Invalid, WrongState

from .admissions import LAST_DAY, way
from .desk import at


@pytest.fixture
def clinic(desk):
    return way(desk)


def lacking(admission):
    return [(one.condition, one.why, one.evidence) for one in admission.missing]


@pytest.mark.rule("AD-08")
def test_who_meets_every_condition_is_admitted(desk, clinic):
    admission = clinic.admitted()

    assert (State.ADMITTED, (), LAST_DAY) == (
        admission.state,
        admission.missing,
        admission.valid_until,
    )
    (told,) = desk.told("admitted")
    assert ("conditions", "2026-06-30", "shop-01") == (
        told["way"],
        told["valid_until"],
        told["org_unit"],
    )
    assert 1 == len(desk.audited("admission.decided"))


@pytest.mark.rule("AD-02", "AD-08")
def test_a_medical_institution_shows_all_its_licences(desk, clinic):
    clinic.open()
    for step in ("market_survey", "cooperation_intention", "background_check"):
        clinic.step(step)
    clinic.found("civil_liability")

    refused = clinic.decide()

    papers = ("business_licence", "tax_registration", "medical_institution_licence")
    assert State.INCOMPLETE is refused.state
    assert ("civil_liability", Why.EVIDENCE_MISSING, papers) in lacking(refused)
    (told,) = desk.told("admission_refused")
    assert "incomplete" == told["outcome"]


@pytest.mark.rule("AD-02")
def test_an_enterprise_shows_business_licence_and_tax_registration(desk):
    firm = way(desk, kind=Kind.COMPANY)
    firm.paper("business_licence")
    firm.open()
    for step in ("market_survey", "cooperation_intention", "background_check"):
        firm.step(step)
    firm.found("civil_liability")

    missing = {one.condition: one.evidence for one in firm.decide().missing}
    assert ("tax_registration",) == missing["civil_liability"]


@pytest.mark.rule("AD-02", "AD-04")
@pytest.mark.parametrize(
    ("kind", "condition"),
    [("business_licence", "civil_liability"), ("contract", "sales_contract")],
)
def test_a_document_that_has_ended_shows_nothing(desk, clinic, kind, condition):
    clinic.reviewed()
    desk.now = at(2026, 7, 1, 10)
    for other in ("tax_registration", "medical_institution_licence"):
        clinic.paper(other, until=date(2027, 1, 1))

    missing = {one.condition: one.evidence for one in clinic.decide().missing}

    assert kind in missing[condition]


@pytest.mark.rule("AD-03", "AD-05", "AD-07", "AD-08")
@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        ("business_reputation", "AD-03"),
        ("lawful_conduct", "AD-05"),
        ("brand_image", "AD-07"),
    ],
)
def test_one_condition_that_is_not_met_rejects(desk, clinic, condition, rule):
    clinic.reviewed()
    clinic.found(condition, Verdict.NOT_MET)

    refused = clinic.decide()

    assert State.REJECTED is refused.state
    assert [(condition, Why.NOT_MET, ())] == lacking(refused)
    assert rule == refused.missing[0].because.rule
    assert "rejected" == desk.told("admission_refused")[0]["outcome"]
    with pytest.raises(WrongState):
        refused.assess([], demands=[])


@pytest.mark.rule("AD-08", "AD-26")
def test_what_is_ambiguous_or_was_not_looked_at_counts_as_not_met(clinic):
    clinic.reviewed()
    clinic.found("lawful_conduct", Verdict.AMBIGUOUS)

    refused = clinic.decide()

    assert State.INCOMPLETE is refused.state
    assert [("lawful_conduct", Why.AMBIGUOUS, ())] == lacking(refused)
    clinic.found("lawful_conduct")
    assert State.ADMITTED is clinic.decide().state


@pytest.mark.rule("AD-06")
def test_each_product_line_needs_its_qualification_and_some_a_special_one(clinic):
    clinic.reviewed("dressings", "implants")
    clinic.paper("qualification")
    clinic.found("product_qualification", product="dressings")
    clinic.found("product_qualification", product="implants")

    refused = clinic.decide()

    assert [("implants", ("special_product_permit",), "AD-06")] == [
        (one.product, one.evidence, one.because.rule) for one in refused.missing
    ]
    clinic.paper("special_product_permit", product="implants")
    clinic.found("brand_image")
    assert ("dressings", "implants") == clinic.decide().products


@pytest.mark.rule("AD-10")
def test_the_steps_before_the_review_have_an_order(clinic):
    clinic.open()

    with pytest.raises(StepOutOfOrder) as refused:
        clinic.step("background_check")
    with pytest.raises(WrongState):
        clinic.found("brand_image")

    order = ["market_survey", "cooperation_intention", "background_check"]
    assert order == refused.value.extra["left"]
    states = [clinic.step(step).state for step in order]
    assert [State.PROSPECT, State.PROSPECT, State.INFO_COLLECTED] == states


@pytest.mark.rule("AD-01")
@pytest.mark.parametrize("kind", [Kind.CONSUMER, Kind.RELATED_PARTY])
def test_retail_and_related_customers_are_not_admitted(desk, kind):
    with pytest.raises(AdmissionNotNeeded) as refused:
        way(desk, kind=kind).open()

    assert "AD-01" == refused.value.because.rule


def test_a_customer_has_one_living_admission_to_a_unit(clinic):
    first = clinic.open()

    with pytest.raises(AdmissionOpen) as refused:
        clinic.open()

    assert str(first.id) == refused.value.extra["admission_id"]


def test_a_condition_that_no_pack_asks_for_is_not_assessed(clinic):
    clinic.reviewed()

    with pytest.raises(Invalid):
        clinic.found("good_looks")
    with pytest.raises(Invalid):
        clinic.found("product_qualification", product="implants")


@pytest.mark.rule("AD-02")
def test_an_admission_expires_with_the_documents_that_it_rests_on(desk, clinic):
    admission = clinic.admitted()
    timer = ("admission.recheck", f"admission/{admission.id}")
    assert at(2026, 7, 1, 9) == desk.timers()[timer]

    clinic.paper("business_licence", until=date(2027, 6, 30))
    while desk.fire() != "admission.recheck":
        pass

    (told,) = desk.told("admission_expired")
    assert {"civil_liability", "sales_contract"} == {one["condition"] for one in told["missing"]}
    for kind in ("tax_registration", "medical_institution_licence", "contract"):
        clinic.paper(kind, until=date(2027, 6, 30))
    clinic.found("sales_contract")
    assert (State.ADMITTED, date(2027, 6, 30)) == (
        (again := clinic.decide()).state,
        again.valid_until,
    )


def test_an_admission_whose_documents_were_renewed_in_time_goes_on(desk, clinic):
    admission = clinic.admitted()
    for kind in ("business_licence", "tax_registration", "contract", "medical_institution_licence"):
        clinic.paper(kind, until=date(2027, 6, 30))

    while desk.fire() != "admission.recheck":
        pass

    assert [] == desk.told("admission_expired")
    timer = ("admission.recheck", f"admission/{admission.id}")
    assert at(2027, 7, 1, 9) == desk.timers()[timer]


def test_a_condition_that_another_one_hides_is_a_fault_of_the_pack(desk):
    document = dict(RULEBOOK.of_builtin("medical", "1").document)
    rules = document["sections"]["admission_conditions"]["rules"]
    doubled = {"merge": "replace", "rules": [*rules, rules[1]]}
    document["sections"] = {**document["sections"], "admission_conditions": doubled}

    with pytest.raises(PackFault) as refused:
        parse(document, SECTIONS)

    assert refused.value.extra["path"].endswith("value.condition")
