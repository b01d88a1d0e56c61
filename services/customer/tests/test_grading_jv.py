"""Grades of joint-venture partners: decided jointly, and never known to them (CL-32 to CL-34)."""

import json
from typing import Any

import pytest

from customer.domain.grade_schemes import Visibility

from .desk import at
from .graders import NORTH
from .test_files import fill
from .test_gradings import code, schemes
from .test_stage_reviews import until

MATERIALS = ["business_licence", "qualifications", "safety_permit", "performance", "finances"]


@pytest.fixture
def partner(department) -> str:
    return department.customer("P-1")


@pytest.fixture
def office(department) -> Any:
    return department.as_("joint_venture_office", unit="hq", who="south")


@pytest.fixture
def market(department) -> Any:
    return department.as_("market_development", unit="hq", who="head-south")


@pytest.fixture
def unit(department) -> Any:
    return department.as_("contracting_unit", unit=NORTH, who="north")


def asked(grade: str, **more: Any) -> dict[str, Any]:
    return {"unit": NORTH, "scheme": "jv", "grade": grade, "materials": MATERIALS, **more}


def propose(caller: Any, partner: str, grade: str, **more: Any) -> Any:
    return caller.post(f"{partner}/gradings", asked(grade, **more))


def approve(caller: Any, grading: Any) -> Any:
    return caller.post(f"/v1/gradings/{grading['grading_id']}/approvals", {})


@pytest.mark.rule("CL-32")
def test_the_office_gives_the_first_grade_and_nobody_else_learns_it(
    department, office, partner, desk
):
    given = propose(office, partner, "c")

    assert (201, "active", "c") == (given.status_code, given.json["state"], given.json["grade"])
    (told,) = desk.told("grade_changed")
    assert ("jv", None, None, None, "graded") == (
        told["scheme"],
        told["old"],
        told["new"],
        told["priority"],
        told["reason"],
    )
    timeline = department.sales.get(f"{partner}/timeline").json["items"]
    shown = [one["data"] for one in timeline if one["kind"] == "customer.grade_changed.v1"]
    assert [(None, None)] == [(one["old"], one["new"]) for one in shown]
    (scheme,) = schemes("jointventure")
    assert ("jv", Visibility.INTERNAL) == (scheme.scheme, scheme.visibility)
    assert ["a", "b", "c", "d"] == [one.code for one in scheme.values]


@pytest.mark.rule("CL-32")
def test_a_partner_facing_role_sees_no_grade(department, office, partner, issuer, app):
    propose(office, partner, "c")
    portal = department.as_("customer_portal", unit=NORTH)
    token = issuer.token(
        "both", roles=["sales_team", "customer_portal"], unit=NORTH, audience="customer"
    )
    both = type(portal)(app, token)

    for route in ("", "/grades", "/grade-history", "/timeline"):
        assert 403 == portal.get(f"{partner}{route}").status_code
    for route in ("", "/grades"):
        assert [] == both.get(f"{partner}{route}").json["grades"]
    assert [] == both.get(f"{partner}/grade-history").json["items"]
    assert [] == both.get("/v1/gradings").json["items"]
    assert [] == both.get("/v1/customers?grade=jv:c").json["items"]
    assert ["c"] == [
        one["grade"] for one in department.sales.get(f"{partner}/grades").json["grades"]
    ]


@pytest.mark.rule("CL-32")
def test_a_partner_who_is_not_admitted_has_no_grade(office, desk, department):
    made = desk.register("P-9", org_unit="region-south")

    refused = propose(office, f"/v1/customers/{made.id}", "c")

    assert (409, "not_in_base") == code(refused)


@pytest.mark.rule("CL-33")
@pytest.mark.parametrize("grade", ["a", "b"])
@pytest.mark.parametrize("missing", MATERIALS)
def test_a_key_partner_lacks_what_he_did_not_hand_in(office, partner, grade, missing):
    handed_in = [one for one in MATERIALS if one != missing]

    refused = propose(office, partner, grade, materials=handed_in)

    assert (409, "criteria_unmet") == code(refused)
    assert [("CL-33", [missing])] == [(o["rule"], o["missing"]) for o in refused.json["unmet"]]


@pytest.mark.rule("CL-34")
def test_one_of_two_approvals_is_not_enough(department, office, market, unit, partner, desk):
    propose(office, partner, "c")
    proposed = propose(unit, partner, "b")
    assert (201, "proposed") == (proposed.status_code, proposed.json["state"])

    first = approve(office, proposed.json)

    assert ("proposed", 1) == (first.json["state"], len(first.json["approvals"]))
    assert ["c"] == [one["grade"] for one in office.get(f"{partner}/grades").json["grades"]]
    assert (409, "approved_already") == code(approve(office, proposed.json))
    assert (403, "role_not_named") == code(approve(department.head, proposed.json))
    another = department.as_("joint_venture_office", unit="hq", who="head-north")
    assert (409, "approved_already") == code(approve(another, proposed.json))

    second = approve(market, proposed.json)

    assert ("active", "c") == (second.json["state"], second.json["old_grade"])
    assert ["b"] == [one["grade"] for one in office.get(f"{partner}/grades").json["grades"]]
    roles = [one["role"] for one in second.json["approvals"]]
    assert ["joint_venture_office", "market_development"] == roles
    history = office.get(f"{partner}/grade-history").json["items"]
    assert [(None, "c"), ("c", "b")] == [(one["old"], one["new"]) for one in history]
    assert "jv" in json.dumps(desk.told("grade_changed"))


@pytest.mark.rule("CL-34")
def test_only_the_responsible_unit_begins_another_grade(department, office, partner):
    propose(office, partner, "c")
    above = department.as_("contracting_unit", unit="hq")

    assert (403, "not_responsible") == code(propose(above, partner, "b"))
    assert (403, "role_not_named") == code(propose(office, partner, "b"))


@pytest.mark.rule("CL-34")
def test_one_person_in_both_roles_is_one_person(department, office, unit, partner, issuer, app):
    propose(office, partner, "c")
    proposed = propose(unit, partner, "b").json
    roles = ["joint_venture_office", "market_development"]
    token = issuer.token("both", roles=roles, unit="hq", audience="customer")
    both = type(office)(app, token)

    assert "proposed" == approve(both, proposed).json["state"]
    assert (409, "approved_already") == code(approve(both, proposed))


def archivings(desk):
    """When the file of the one partner is archived next."""
    return [due for (kind, _), due in desk.timers().items() if kind == "file.snapshot"]


def causes(office, partner):
    return [one["cause"] for one in office.get(f"{partner}/file/snapshots").json["items"]]


@pytest.mark.rule("CF-35", "CL-34")
def test_another_grade_stops_the_archiving_of_the_file_and_starts_it(
    office, market, unit, partner, desk
):
    def regrade(grade):
        proposed = propose(unit, partner, grade).json
        approve(office, proposed)
        assert "active" == approve(market, proposed).json["state"]

    propose(office, partner, "b")
    assert [at(2026, 9, 2, 9)] == archivings(desk)
    regrade("c")
    assert [] == archivings(desk)
    regrade("d")
    assert ([], []) == (archivings(desk), causes(office, partner))

    regrade("a")
    regrade("b")

    assert [at(2026, 9, 2, 9)] == archivings(desk)
    until(desk, "file.snapshot")
    assert [at(2027, 3, 2, 9)] == archivings(desk)
    assert ["period"] == causes(office, partner)


@pytest.mark.rule("CF-35")
@pytest.mark.parametrize(("grade", "periods"), [("b", 1), ("c", 0), ("d", 0)])
def test_a_special_case_is_archived_besides_the_periods(office, partner, desk, grade, periods):
    propose(office, partner, grade)
    planned = archivings(desk)

    refused = office.post(f"{partner}/file/snapshots", {})
    made = office.post(f"{partner}/file/snapshots", {"reason": "a lawsuit"})

    assert (422, 201) == (refused.status_code, made.status_code)
    assert ("special", "a lawsuit") == (made.json["cause"], made.json["reason"])
    assert (planned, periods) == (archivings(desk), len(planned))
    assert ["special"] == causes(office, partner)


@pytest.mark.rule("CF-35")
@pytest.mark.parametrize("grade", ["c", "d"])
def test_the_file_of_a_lesser_partner_is_up_to_date_at_once(
    department, office, partner, desk, grade
):
    propose(office, partner, grade)
    keeper = department.as_("sales_back_office", unit=NORTH)
    version = int(keeper.get(f"{partner}/file").headers["ETag"].strip('"'))
    values = {"conduct_in_cooperation": "kept every date"}

    assert 200 == fill(keeper, partner, values, version).status_code

    (shown,) = [
        one["value"]
        for one in office.get(f"{partner}/file").json["fields"]
        if one["field"] == "conduct_in_cooperation"
    ]
    assert "kept every date" == shown
    assert [] == causes(office, partner)
