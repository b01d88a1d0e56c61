"""Who keeps the standards of the company, and who is proposed for exit by them (AD-13, AD-22)."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from customer.domain.grading import Purchases
from customer.domain.standards import Criterion, EliminationRule, Record, failed
from customer.use_cases import documents
from customer.use_cases.standards import propose_failing
from shared.rules import Because, Ruling

from .admissions import HEAD
from .desk import HQ
from .graders import NORTH
from .test_stage_reviews import until

BECAUSE = Because(pack="medical", version="1", clause="001-P10 L442", rule="AD-22")
FORTY = {"business_volume": 10, "receivables": 4, "reputation": 5, "loyalty": 4}
GOOD = {"business_volume": 40, "receivables": 10, "reputation": 10, "loyalty": 5}


@pytest.fixture
def graded(department):
    """The path of a customer who was graded by those points."""

    def made(points=GOOD, **fields):
        path = department.customer(**fields)
        assert "active" == department.grade(path, "qualified", scores=points).json["state"]
        return path

    return made


def customer_of(desk, path):
    with desk.open() as tx:
        return tx.customers.known(UUID(path.rpartition("/")[2]))


def cases(department):
    return department.head.get("/v1/exits").json["items"]


def licence(desk, customer, kind, until):
    with desk.open() as tx:
        given = {"kind": kind, "number": "N-1", "valid_until": until}
        paper = documents.collect_document(tx, customer, caller=HQ, **given)
        documents.verify_document(tx, customer, paper, caller=HEAD)


@pytest.mark.rule("AD-13")
@pytest.mark.parametrize("standard", ["admission", "elimination", "company_blacklist"])
def test_the_marketing_division_keeps_the_standards_and_the_list_of_the_company(
    department, standard
):
    shown = department.head.get(f"/v1/units/{NORTH}/standards").json["items"]

    (kept,) = [one for one in shown if one["standard"] == standard]
    assert (["marketing_division"], "AD-13") == (kept["roles"], kept["because"]["rule"])


def test_a_unit_is_told_of_no_standard_that_its_packs_leave_open(desk, as_):
    desk.follow("hq", "generic")

    head = as_("department_head", unit=NORTH)
    assert [] == head.get(f"/v1/units/{NORTH}/standards").json["items"]
    foreign = head.get("/v1/units/region-south/standards")
    assert (404, "not_found") == (foreign.status_code, foreign.json["code"])


@pytest.mark.rule("AD-22", "AD-13")
@pytest.mark.parametrize(("loyalty", "found"), [(3, ["low_score"]), (4, [])])
def test_who_scores_too_low_is_proposed_for_exit_at_the_review(
    department, graded, desk, loyalty, found
):
    path = graded({**FORTY, "loyalty": loyalty})
    assert [] == cases(department)

    until(desk, "grade.review_open")

    assert found == [one for case in cases(department) for one in case["criteria"]]
    for case in cases(department):
        assert ("proposed", "terminate", NORTH) == (case["state"], case["kind"], case["unit"])
        assert ("below_standard", "AD-22") == (case["reason_code"], case["because"]["rule"])
        assert path.endswith(case["customer_id"])
        (told,) = desk.told("exit_proposed")
        assert (["low_score"], ["marketing_division"]) == (told["criteria"], told["told_roles"])


@pytest.mark.rule("AD-22")
@pytest.mark.parametrize(
    ("last_on", "found"), [(date(2025, 9, 1), ["no_purchase"]), (date(2025, 9, 2), [])]
)
def test_who_has_bought_nothing_for_a_year_is_proposed_for_exit(
    department, graded, desk, last_on, found
):
    customer = customer_of(desk, graded())
    with desk.open() as tx:
        tx.purchases.put(customer.id, Purchases(Decimal(1), 1, last_on), now=tx.now, by="till")

    until(desk, "grade.review_open")

    assert found == [one for case in cases(department) for one in case["criteria"]]


@pytest.mark.rule("AD-22")
@pytest.mark.parametrize("kind", ["business_licence", "tax_registration"])
@pytest.mark.parametrize(
    ("last_day", "found"), [(date(2026, 9, 1), ["documents_lapsed"]), (date(2026, 9, 2), [])]
)
def test_whose_documents_have_lapsed_is_proposed_for_exit(
    department, graded, desk, kind, last_day, found
):
    licence(desk, customer_of(desk, graded()), kind, last_day)

    until(desk, "grade.review_open")

    assert found == [one for case in cases(department) for one in case["criteria"]]


@pytest.mark.rule("AD-22")
def test_who_is_reported_for_a_blacklist_is_proposed_for_exit(department, graded, desk):
    path = graded()
    grounds = {"reason_code": "overdue_payment", "reason": "late", "evidence": "bills"}
    listed = department.head.post(f"{path}/blacklist-entries", {**grounds, "unit": NORTH})
    assert 201 == listed.status_code

    until(desk, "grade.review_open")

    assert [["blacklisted"]] == [case["criteria"] for case in cases(department)]


@pytest.mark.rule("AD-22")
def test_a_review_leads_to_one_case_however_often_it_runs(department, graded, desk):
    customer = customer_of(desk, graded({**FORTY, "loyalty": 0}))
    until(desk, "grade.review_open")

    with desk.open() as tx:
        (review,) = tx.session.scalars(tx.stage_reviews.listed(unit=NORTH))
        propose_failing(tx, customer, review)
    (case,) = cases(department)
    rejection = {"approve": False, "opinion": "He is new."}
    boss = department.as_("general_manager")
    assert 200 == boss.post(f"/v1/exits/{case['case_id']}/decisions", rejection).status_code
    with desk.open() as tx:
        propose_failing(tx, customer, review)

    assert 1 == len(cases(department))
    until(desk, "grade.review_open")
    assert ["rejected", "proposed"] == [one["state"] for one in cases(department)]


@pytest.mark.rule("AD-22")
def test_nobody_is_proposed_twice_or_after_he_has_left(department, graded, desk):
    path = graded({**FORTY, "loyalty": 0})
    asked = {"unit": NORTH, "kind": "terminate", "reason_code": "conduct"}
    asked |= {"reason": "rude", "evidence": "letters"}
    case = department.sales.post(f"{path}/exits", asked).json

    until(desk, "grade.review_open")
    assert [case] == cases(department)
    approval = {"approve": True, "opinion": "Enough."}
    boss = department.as_("general_manager")
    assert 200 == boss.post(f"/v1/exits/{case['case_id']}/decisions", approval).status_code
    until(desk, "grade.review_open")

    assert 1 == len(cases(department))
    assert 1 == len(desk.told("evaluation_due"))


def test_the_service_withdraws_nothing_and_neither_does_anybody_else(department, graded, desk):
    graded({**FORTY, "loyalty": 0})
    until(desk, "grade.review_open")
    (case,) = cases(department)

    refused = department.sales.post(f"/v1/exits/{case['case_id']}/withdrawals", {})

    assert (403, "not_the_proposer") == (refused.status_code, refused.json["code"])


RULES = {
    Criterion.LOW_SCORE: EliminationRule(Criterion.LOW_SCORE, score_below=40),
    Criterion.NO_PURCHASE: EliminationRule(Criterion.NO_PURCHASE, months=12),
    Criterion.DOCUMENTS_LAPSED: EliminationRule(Criterion.DOCUMENTS_LAPSED, documents=("permit",)),
    Criterion.BLACKLISTED: EliminationRule(Criterion.BLACKLISTED),
}


@pytest.mark.parametrize("criterion", Criterion)
def test_what_nobody_told_fails_no_criterion(criterion):
    record = Record(today=date(2026, 9, 2))

    assert [] == failed([Ruling(RULES[criterion], BECAUSE)], record)
