"""Grades that people decide on: proposal, approvals, history, units (CL-09 to CL-34)."""

from uuid import UUID

import pytest
from sqlalchemy import delete, exc, update

from customer.adapters.tables import grade_history
from customer.main import RULEBOOK
from customer.use_cases.grading import held

from .desk import PEOPLE
from .graders import CARD, EXCELLENT, FORM, NORTH, POINTS, SURVEY, Department, entered


def code(answer):
    return answer.status_code, answer.json["code"]


def schemes(pack):
    return [rule.value for rule in RULEBOOK.of_builtin(pack, "1").sections["grade_schemes"].rules]


def holding(department, path):
    return [
        (one["unit"], one["scheme"], one["grade"])
        for one in department.head.get(f"{path}/grades").json["grades"]
    ]


@pytest.mark.rule("CL-09", "CL-21", "CL-43")
def test_a_grade_holds_once_it_is_approved_and_its_history_says_all(department, desk):
    path = department.customer(facts=EXCELLENT)

    proposed = department.propose(path)
    assert (201, "proposed", []) == (
        proposed.status_code,
        proposed.json["state"],
        holding(department, path),
    )
    approved = department.approve(proposed.json)

    assert (200, "active") == (approved.status_code, approved.json["state"])
    assert [(NORTH, "medical", "vip")] == holding(department, path)
    (entry,) = department.head.get(f"{path}/grade-history").json["items"]
    assert {"pack": "medical", "version": "1", "clause": "001-P10 L484", "rule": "CL-09"} == (
        entry["because"]
    )
    assert (None, "vip", FORM, "100.00", str(PEOPLE["north"]), str(PEOPLE["head-north"])) == (
        entry["old"],
        entry["new"],
        entry["evidence"],
        entry["score"],
        entry["proposed_by"],
        entry["decided_by"],
    )
    assert [("department_head", str(PEOPLE["head-north"]))] == [
        (one["role"], one["by"]) for one in entry["approvals"]
    ]
    assert ["CL-10", "CL-11", "CL-12"] == [one["rule"] for one in entry["criteria"]]
    (told,) = desk.told("grade_changed")
    assert (None, "vip", 1, "graded", NORTH) == (
        told["old"],
        told["new"],
        told["priority"],
        told["reason"],
        told["unit"],
    )


@pytest.mark.rule("CL-09")
def test_the_medical_scheme_has_three_grades_in_order():
    (scheme,) = schemes("medical")

    assert "medical" == scheme.scheme
    assert [("vip", 1), ("preferred", 2), ("qualified", 3)] == [
        (one.code, one.rank) for one in scheme.values
    ]


@pytest.mark.rule("CL-43")
@pytest.mark.parametrize("change", [update(grade_history).values(new="qualified"), None])
def test_the_history_cannot_be_changed(department, desk, change):
    department.grade(department.customer(facts=EXCELLENT))

    with pytest.raises(exc.IntegrityError, match="only added to"), desk.open() as tx:
        tx.session.execute(delete(grade_history) if change is None else change)


def test_nobody_approves_what_he_proposed_and_one_proposal_waits_at_a_time(department):
    path = department.customer(facts=EXCELLENT)
    asked = {"unit": NORTH, "scheme": "medical", "evidence": FORM, "scores": POINTS}
    proposed = department.head.post(f"{path}/gradings", asked)

    assert (403, "own_proposal") == code(department.approve(proposed.json))
    assert (409, "grading_pending") == code(department.propose(path))
    other = department.as_("department_head", unit=NORTH, who="head-south")
    assert 200 == department.approve(proposed.json, other).status_code
    assert (409, "wrong_state") == code(department.approve(proposed.json, other))


def test_a_rejected_proposal_changes_nothing(department):
    path = department.customer(facts=EXCELLENT)
    proposed = department.propose(path).json

    rejected = department.head.post(
        f"/v1/gradings/{proposed['grading_id']}/rejections", {"reason": "not yet"}
    )

    assert "rejected" == rejected.json["state"]
    assert [] == holding(department, path)
    assert 201 == department.propose(path).status_code
    assert 1 == len(department.head.get("/v1/gradings?state=rejected").json["items"])


@pytest.mark.rule("CL-21", "CF-28")
@pytest.mark.parametrize("empty", sorted(SURVEY))
def test_a_grade_before_its_information_form_is_complete_is_refused(department, desk, empty):
    made = desk.register("F-1", org_unit=NORTH)
    path = f"/v1/customers/{made.id}"
    nothing = department.propose(path, "qualified")
    department.survey(made, **{empty: None})

    refused = department.propose(path, "qualified")

    assert (409, "form_missing", {*SURVEY}) == (*code(nothing), {*nothing.json["missing"]})
    assert (409, "form_missing", "customer_survey", [empty]) == (
        *code(refused),
        refused.json["form"],
        refused.json["missing"],
    )
    assert not set(SURVEY.values()) & set(refused.text.split('"'))
    assert [] == department.head.get("/v1/gradings").json["items"]
    department.survey(made)
    assert 201 == department.propose(path, "qualified", evidence=None).status_code


@pytest.mark.rule("CL-21")
def test_a_form_that_was_emptied_since_the_proposal_holds_the_approval_up(department, desk):
    made = desk.register("F-1", org_unit=NORTH)
    path = f"/v1/customers/{made.id}"
    department.survey(made)
    proposed = department.propose(path, "qualified").json
    department.survey(made, operating_status=None)

    assert (409, "form_missing") == code(department.approve(proposed))

    assert [] == holding(department, path)
    department.survey(made)
    assert 200 == department.approve(proposed).status_code


@pytest.mark.rule("CL-21", "CL-24")
def test_a_lower_grade_does_not_wait_for_the_form(department, desk):
    path = department.customer(facts=EXCELLENT)
    department.grade(path)
    with desk.open() as tx:
        customer = tx.customers.known(UUID(path.rpartition("/")[2]))
    department.survey(customer, operating_status=None)

    assert "active" == department.grade(path, "preferred").json["state"]
    assert (409, "form_missing") == code(department.propose(path, "preferred"))


@pytest.mark.rule("CL-21")
@pytest.mark.parametrize("scores", [{}, {"business_volume": 40}])
def test_a_grade_before_its_review_against_the_scorecard_is_refused(department, scores):
    path = department.customer(facts=EXCELLENT)

    refused = department.propose(path, scores=scores)

    assert (422, "score_invalid", set(POINTS) - set(scores)) == (
        *code(refused),
        set(refused.json["errors"]),
    )
    assert [] == department.head.get("/v1/gradings").json["items"]


@pytest.mark.rule("CL-20", "CL-21")
def test_a_department_without_a_scorecard_grades_nobody(desk, as_):
    department = Department(desk, as_)
    path = department.customer(facts=EXCELLENT)

    assert (409, "scorecard_missing") == code(department.propose(path))


@pytest.mark.rule("CL-19", "CL-20")
@pytest.mark.parametrize(
    ("points", "grade", "score"),
    [
        ({}, "vip", "100.00"),
        ({"receivables": 5}, "vip", "85.00"),
        ({"receivables": 5, "loyalty": 4}, "preferred", "83.00"),
        ({"business_volume": 0}, "preferred", "60.00"),
        ({"business_volume": 0, "reputation": 9}, "qualified", "58.00"),
    ],
)
def test_the_weighted_total_suggests_the_grade(department, points, grade, score):
    path = department.customer(facts=EXCELLENT)

    proposed = department.propose(path, None, scores={**POINTS, **points})

    assert (grade, score) == (proposed.json["grade"], proposed.json["score"])


@pytest.mark.rule("CL-20")
def test_a_total_below_the_band_does_not_reach_its_grade(department):
    path = department.customer(facts=EXCELLENT)

    refused = department.propose(path, "vip", scores={**POINTS, "business_volume": 20})

    assert (409, "grade_beyond_score", "80.00") == (*code(refused), refused.json["score"])
    for wrong in ({"loyalty": 6}, {"charm": 1}):
        assert (422, "score_invalid") == code(department.propose(path, scores=POINTS | wrong))


@pytest.mark.rule("CL-19", "CL-20")
@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("indicators", lambda card: card["indicators"][0].update(weight=41)),
        ("indicators", lambda card: card["indicators"][3].update(code="charm")),
        (
            "indicators",
            lambda card: (
                card["indicators"][3].update(weight=4),
                card["indicators"][0].update(weight=46),
            ),
        ),
        ("bands", lambda card: card["bands"][0].update(at_least=79)),
        ("bands", lambda card: card["bands"][1].update(at_least=85)),
        ("bands", lambda card: card["bands"].pop()),
    ],
)
def test_a_scorecard_keeps_what_the_company_asks_for(department, place, change):
    card = {
        **CARD,
        "indicators": [{**one} for one in CARD["indicators"]],
        "bands": [{**one} for one in CARD["bands"]],
    }
    change(card)

    refused = department.has_scorecard(**card)

    assert (422, "scorecard_invalid", [place]) == (*code(refused), list(refused.json["errors"]))


@pytest.mark.rule("CL-20")
def test_a_weight_of_exactly_the_least_is_allowed(department):
    indicators = [{**one} for one in CARD["indicators"]]
    indicators[3]["weight"], indicators[0]["weight"] = 5, 45

    assert 201 == department.has_scorecard(indicators=indicators).status_code


@pytest.mark.rule("CL-19")
def test_a_later_scorecard_and_one_of_the_product_come_first(department):
    path = department.customer(facts=EXCELLENT)
    bands = [{"grade": "vip", "at_least": 99}, *CARD["bands"][1:]]
    department.has_scorecard(bands=bands, product="hip")
    low = {**POINTS, "loyalty": 4}
    hip = {"scores": low, "product": "hip", "override_reason": "the only one"}

    assert "vip" == department.propose(path, None, scores=low).json["grade"]
    assert "preferred" == department.propose(path, None, **hip).json["grade"]


@pytest.mark.rule("CL-26")
def test_a_grade_of_one_department_does_not_hold_in_another(department, desk):
    path = department.customer(facts=EXCELLENT)
    department.grade(path)
    customer_id = path.rpartition("/")[2]
    south = department.as_("sales_team", unit="region-south", who="south")
    with desk.open() as tx:
        entered(tx, customer_id=UUID(customer_id), unit="region-south")

    asked = {"unit": "region-south", "scheme": "medical", "evidence": FORM, "scores": POINTS}
    refused = south.post(f"{path}/gradings", asked)

    with desk.open() as tx:
        customer = tx.customers.get(UUID(customer_id), unit="hq")
        assert {"medical:vip"} == held(tx, customer, unit=NORTH)
        assert set() == held(tx, customer, unit="region-south")
        assert {"medical:vip"} == held(tx, customer, unit="shop-01")
    assert (409, "scorecard_missing") == code(refused)


def test_a_customer_of_another_base_is_not_graded(department, desk):
    made = desk.register("S-1", org_unit="region-south")
    hq = department.as_("sales_team", unit="hq")

    asked = {"unit": NORTH, "scheme": "medical", "evidence": FORM, "scores": POINTS}
    path = f"/v1/customers/{made.id}"

    assert (409, "not_in_base") == code(hq.post(f"{path}/gradings", asked))
    assert 404 == department.propose(path).status_code
    unknown = {**asked, "unit": "region-south"}
    assert (422, "unit_unknown") == code(
        department.sales.post(f"{department.customer()}/gradings", unknown)
    )


@pytest.mark.rule("CL-08")
def test_a_shop_manager_sorts_his_vip_customers_by_hand(department):
    path = department.customer()
    manager = department.as_("shop_manager", unit=NORTH, who="south")

    given = [
        manager.post(f"{path}/gradings", {"unit": NORTH, "scheme": "retail", "grade": grade})
        for grade in ("a", "d", "e")
    ]

    assert [(201, "active"), (201, "active")] == [
        (one.status_code, one.json["state"]) for one in given[:2]
    ]
    assert (422, "grade_unknown") == code(given[2])
    assert [(NORTH, "retail", "d")] == holding(department, path)
    assert (403, "role_not_named") == code(department.propose(path, "a", scheme="retail"))
    (scheme,) = schemes("retail")
    assert ["a", "b", "c", "d"] == [one.code for one in scheme.values]
