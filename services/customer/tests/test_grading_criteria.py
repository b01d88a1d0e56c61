"""What a customer has to be, and for how many a grade is (CL-10 to CL-18, CL-33)."""

from decimal import Decimal

import pytest

from customer.domain.grade_caps import CapScope, GradeCap
from customer.main import RULEBOOK

from .graders import CARD, EXCELLENT, NORTH, POINTS, PREFERRED_WORDS, VIP_WORDS, Department
from .test_gradings import code, holding

LATE = {"unit": NORTH, "kind": "late_payment", "occurred_on": "2026-02-27", "evidence": "bill 9"}


def unmet(answer):
    assert (409, "criteria_unmet") == code(answer)
    return {one["rule"]: one["missing"] for one in answer.json["unmet"]}


@pytest.mark.rule("CL-10")
@pytest.mark.parametrize(
    ("facts", "amount", "enough"),
    [
        ({"hospital_level": "tertiary_b"}, None, True),
        ({"hospital_level": "tertiary_c"}, None, False),
        ({"hospital_level": "tertiary_special"}, None, True),
        ({"beds": 100, "specialised": True}, None, True),
        ({"beds": 99, "specialised": True}, None, False),
        ({"beds": 500, "specialised": False}, None, False),
        ({}, "100", True),
        ({}, "99.9999", False),
        ({}, None, False),
    ],
)
def test_a_vip_is_large_in_one_of_three_ways(department, facts, amount, enough):
    given = Decimal(amount) if amount else None
    path = department.customer(facts={**facts, "declared": VIP_WORDS}, annual_amount=given)

    answer = department.propose(path)

    if enough:
        assert 201 == answer.status_code
    else:
        assert {"CL-10": ["scale"]} == unmet(answer)


@pytest.mark.rule("CL-10", "CL-12")
@pytest.mark.parametrize("word", VIP_WORDS)
def test_a_vip_is_all_that_is_declared(department, word):
    declared = [one for one in VIP_WORDS if one != word]
    path = department.customer(facts={"hospital_level": "tertiary_a", "declared": declared})

    rule = "CL-12" if word == "long_term_partnership" else "CL-10"
    assert {rule: [word]} == unmet(department.propose(path))


@pytest.mark.rule("CL-11")
@pytest.mark.parametrize("kind", ["late_payment", "unclaimed_goods", "breach"])
def test_one_breach_on_record_disqualifies_a_vip(department, kind):
    path = department.customer(facts=EXCELLENT)

    recorded = department.sales.post(f"{path}/breaches", {**LATE, "kind": kind})

    assert 201 == recorded.status_code
    assert {"CL-11": ["breach_free"]} == unmet(department.propose(path))
    assert 1 == department.sales.get(f"{path}/grading-facts").json["breaches"]
    future = {**LATE, "occurred_on": "2026-03-03"}
    assert 422 == department.sales.post(f"{path}/breaches", future).status_code


@pytest.mark.rule("CL-15")
@pytest.mark.parametrize(
    ("facts", "amount", "enough"),
    [
        ({"hospital_level": "secondary_a"}, None, True),
        ({"hospital_level": "secondary_b"}, None, False),
        ({"beds": 50, "specialised": True}, None, True),
        ({"beds": 49, "specialised": True}, None, False),
        ({}, "50", True),
        ({}, "49.9999", False),
    ],
)
def test_a_preferred_customer_is_large_in_one_of_three_ways(department, facts, amount, enough):
    given = Decimal(amount) if amount else None
    path = department.customer(facts={**facts, "declared": PREFERRED_WORDS}, annual_amount=given)

    answer = department.propose(path, "preferred")

    assert (answer.status_code == 201) is enough
    assert enough or {"CL-15": ["scale"]} == unmet(answer)


@pytest.mark.rule("CL-16")
def test_a_preferred_customer_broke_nothing_and_is_strong(department):
    path = department.customer(
        facts={"hospital_level": "secondary_a", "declared": PREFERRED_WORDS[:3]}
    )
    department.sales.post(f"{path}/breaches", LATE)

    missing = ["operating_strength", "large_demand", "high_integrity", "long_cooperation"]
    assert {"CL-16": [*missing, "breach_free"]} == unmet(department.propose(path, "preferred"))


@pytest.mark.rule("CL-18")
def test_who_is_neither_is_qualified(department):
    path = department.customer()
    department.sales.post(f"{path}/breaches", LATE)

    graded = department.grade(path, "qualified")

    assert ["CL-18"] == [one["rule"] for one in graded.json["criteria"]]
    assert [(NORTH, "medical", "qualified")] == holding(department, path)


@pytest.mark.rule("CL-13")
def test_of_a_hundred_customers_fifteen_are_vip_and_one_more_is_refused(department):
    department.crowd(14, holding="vip")
    department.crowd(78)  # With the six of the fixture and the two below: a hundred.
    last = department.customer("F-1", facts=EXCELLENT)
    more = department.customer("F-2", facts=EXCELLENT)

    assert "active" == department.grade(last).json["state"]
    refused = department.propose(more)

    assert (409, "cap_reached") == code(refused)
    assert (100, 15, 15) == tuple(refused.json[one] for one in ("customers", "places", "taken"))
    assert "CL-13" == refused.json["because"]["rule"]
    again = department.propose(last, evidence="form-18")
    assert 201 == again.status_code


@pytest.mark.rule("CL-17")
def test_of_a_hundred_customers_thirty_are_preferred_and_one_more_is_refused(department):
    department.crowd(29, holding="preferred")
    department.crowd(63)
    last = department.customer("F-1", facts=EXCELLENT)
    more = department.customer("F-2", facts=EXCELLENT)

    assert "active" == department.grade(last, "preferred").json["state"]
    refused = department.propose(more, "preferred")

    assert (409, "cap_reached", 30) == (*code(refused), refused.json["places"])


@pytest.mark.rule("CL-13")
def test_a_department_of_six_has_no_vip(department, desk):
    tiny = Department(desk, department.as_)
    made = desk.register("S-1", org_unit="region-south")
    head = tiny.as_("department_head", unit="hq")
    tiny.survey(made)
    path = f"/v1/customers/{made.id}"
    head.post(f"{path}/grading-facts", EXCELLENT)
    head.post("/v1/units/region-south/scorecards", CARD)
    asked = {"unit": "region-south", "scheme": "medical", "evidence": "form-1"}

    refused = head.post(f"{path}/gradings", {**asked, "scores": POINTS})

    assert (409, "cap_reached", 0) == (*code(refused), refused.json["places"])


@pytest.mark.rule("CL-14", "CL-17")
@pytest.mark.parametrize(("grade", "rule"), [("vip", "CL-14"), ("preferred", "CL-17")])
def test_a_product_goes_beyond_its_share_with_a_reason_and_a_warning(department, grade, rule):
    department.crowd(60)
    department.crowd(5, holding=grade, product="hip")
    path = department.customer(facts=EXCELLENT)

    refused = department.propose(path, grade, product="hip")
    assert (409, "cap_reason_missing", rule) == (*code(refused), refused.json["because"]["rule"])

    graded = department.grade(path, grade, product="hip", override_reason="the market leader")

    (warning,) = graded.json["warnings"]
    assert ("product", 6, 5, rule) == (
        warning["scope"],
        warning["customers"],
        warning["taken"],
        warning["because"]["rule"],
    )
    (entry,) = department.head.get(f"{path}/grade-history").json["items"]
    assert "the market leader" == entry["override_reason"]


@pytest.mark.rule("CL-14", "CL-17")
@pytest.mark.parametrize(("grade", "others", "crowded"), [("vip", 19, 2), ("preferred", 9, 2)])
def test_a_product_within_its_share_gives_no_warning(department, grade, others, crowded):
    department.crowd(60)
    department.crowd(others - crowded, holding="qualified", product="hip")
    department.crowd(crowded, holding=grade, product="hip")
    path = department.customer(facts=EXCELLENT)

    assert [] == department.grade(path, grade, product="hip").json["warnings"]
    refused = department.propose(department.customer("F-2", facts=EXCELLENT), grade, product="hip")
    assert (409, "cap_reason_missing") == code(refused)


@pytest.mark.rule("CL-14")
def test_fifteen_of_a_hundred_customers_of_a_product_are_its_share():
    rules = RULEBOOK.of_builtin("medical", "1").sections["grade_caps"].rules
    (cap,) = (one.value for one in rules if one.rule == "CL-14")

    assert (15, CapScope.PRODUCT, False) == (cap.places(100), cap.scope, cap.hard)


@pytest.mark.parametrize(
    ("customers", "allowed", "places"),
    [(6, 0, 0), (7, 0, 1), (6, 1, 1), (100, 1, 15), (106, 0, 15), (107, 0, 16)],
)
def test_places_are_rounded_down_and_some_are_there_in_any_case(customers, allowed, places):
    cap = GradeCap("medical", "vip", CapScope.DEPARTMENT, 15, min_allowed=allowed)

    assert places == cap.places(customers)
