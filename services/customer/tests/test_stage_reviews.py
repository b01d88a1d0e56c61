"""Reviews every six months, lower grades in five days, and entitlements (CL-22 to CL-31)."""

import pytest

from customer.domain.stage_review_states import TRANSITIONS, Command, State, after
from shared.rules import WrongState

from .desk import at
from .graders import EXCELLENT, NORTH
from .test_grading_criteria import LATE
from .test_gradings import code


def until(desk, kind):
    while desk.fire() != kind:
        pass


def graded(department, grade="vip", number="F-1"):
    path = department.customer(number, facts=EXCELLENT)
    assert "active" == department.grade(path, grade).json["state"]
    return path


def review_of(department):
    return department.sales.get("/v1/stage-reviews").json["items"][-1]


def reported(department, grade, **more):
    review = review_of(department)
    path = f"/v1/stage-reviews/{review['review_id']}/results"
    return department.sales.post(path, {"proposed_grade": grade, **more})


@pytest.mark.rule("CL-22", "CL-23", "RP-05")
def test_six_months_after_a_grade_its_customer_is_reviewed_and_then_again(department, desk):
    graded(department)

    until(desk, "grade.review_open")

    assert at(2026, 9, 2) == desk.now
    (told,) = desk.told("evaluation_due")
    assert (NORTH, "medical", "2026-09-12") == (told["unit"], told["scheme"], told["due_on"])
    review = review_of(department)
    assert ("open", "vip", "2026-03-02", "2026-09-02") == tuple(
        review[name] for name in ("state", "old_grade", "period_from", "period_to")
    )
    until(desk, "grade.review_open")
    assert at(2027, 3, 2) == desk.now


@pytest.mark.rule("CL-23", "RP-05")
def test_a_review_that_is_not_reported_is_told_to_the_marketing_division(department, desk):
    graded(department)
    until(desk, "grade.review_missed")

    assert at(2026, 9, 13) == desk.now
    (told,) = desk.told("evaluation_overdue")
    assert (["marketing_division"], "CL-23") == (told["told_roles"], told["because"]["rule"])
    late = reported(department, "vip", scores={"payment": 3}, problems=[], consequence="none")
    assert "reported" == late.json["state"]
    assert {"scores": {"payment": 3}, "problems": [], "consequence": "none"} == late.json["form"]
    division = department.as_("marketing_division", unit="hq")
    filing = f"/v1/stage-reviews/{late.json['review_id']}/filings"
    assert 403 == department.head.post(filing, {}).status_code
    filed = division.post(filing, {})
    assert "filed" == filed.json["state"]
    report = division.get("/v1/reports/stage-reviews").json["items"]
    assert {"unit": NORTH, "scheme": "medical", "state": "filed", "count": 1} in report


@pytest.mark.rule("CL-24", "CL-11")
def test_a_vip_who_pays_late_is_lowered_in_five_days_or_it_is_told(department, desk):
    path = graded(department)
    department.sales.post(f"{path}/breaches", LATE)

    until(desk, "grade.downgrade_due")
    assert at(2026, 3, 7) == desk.now
    (told,) = desk.told("downgrade_due")
    assert ("2026-03-07", "CL-24") == (told["due_on"], told["because"]["rule"])
    assert [] == desk.told("downgrade_overdue")
    until(desk, "grade.downgrade_overdue")
    assert at(2026, 3, 8) == desk.now
    assert 1 == len(desk.told("downgrade_overdue"))


@pytest.mark.rule("CL-24", "CL-25")
@pytest.mark.parametrize("lower", ["preferred", "qualified"])
def test_a_lower_grade_ends_the_matter(department, desk, lower):
    path = graded(department)
    department.sales.post(f"{path}/breaches", LATE)

    assert "active" == department.grade(path, lower).json["state"]

    assert [] == [one for one in desk.timers() if "downgrade" in one[0]]
    assert ["graded", "lowered"] == [one["reason"] for one in desk.told("grade_changed")]


@pytest.mark.rule("CL-24")
@pytest.mark.parametrize(
    "problem", ["contract_execution", "late_payment", "operating_crisis", "breach"]
)
def test_a_problem_of_a_review_asks_for_a_lower_grade_once(department, desk, problem):
    graded(department)
    until(desk, "grade.review_open")

    reported(department, "qualified", problems=[problem, "unclaimed_goods"])

    timers = [one[0] for one in desk.timers() if "downgrade" in one[0]]
    assert ["grade.downgrade_due", "grade.downgrade_overdue"] == sorted(timers)


@pytest.mark.rule("CL-25")
def test_a_better_grade_comes_after_a_review_and_step_by_step(department, desk):
    path = graded(department, "qualified")
    assert (409, "grade_skipped") == code(department.propose(path, "vip"))
    assert (409, "review_missing") == code(department.propose(path, "preferred"))
    until(desk, "grade.review_open")
    reported(department, "preferred")

    assert "active" == department.grade(path, "preferred").json["state"]

    assert ["graded", "raised"] == [one["reason"] for one in desk.told("grade_changed")]


@pytest.mark.rule("CL-27", "CL-28", "CL-29", "CL-30", "CL-31")
@pytest.mark.parametrize(
    ("grade", "discount", "priorities", "rank"),
    [
        ("vip", True, ["visit", "supply", "after_sales", "dispute"], 1),
        ("preferred", True, ["visit", "supply", "after_sales", "dispute"], 2),
        ("qualified", False, [], 3),
    ],
)
def test_a_grade_entitles_and_obliges(department, desk, grade, discount, priorities, rank):
    path = graded(department, grade)

    (shown,) = department.sales.get(f"{path}/entitlements").json["items"]

    assert (discount, priorities) == (shown["vip_discount"], shown["priorities"])
    assert ["enquire_procedure", "accuse_fraud", "other_legal_rights"] == shown["rights"]
    assert shown["obligations"] == [
        "obey_law",
        "give_survey_data",
        "execute_contract",
        "report_registration_change",
    ]
    (told,) = desk.told("grade_changed")
    assert rank == told["priority"]


@pytest.mark.rule("RP-06")
def test_the_distribution_of_grades_is_told_beside_the_number_of_customers(department):
    department.crowd(3, holding="preferred")
    graded(department, "vip")

    report = department.head.get("/v1/reports/grade-distribution").json

    assert 10 == report["customers"]
    counts = {(one["product"], one["grade"]): one["count"] for one in report["items"]}
    assert {("", "preferred"): 3, ("", "vip"): 1} == counts


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    if command in TRANSITIONS[state]:
        assert TRANSITIONS[state][command] is after(state, command)
    else:
        with pytest.raises(WrongState):
            after(state, command)
