"""Communications: a purpose before, minutes after, shared and checked (VS-22 to VS-32)."""

import pytest

from .desk import PEOPLE, at
from .talks import HELD, MINUTES, PLAN, communicated, held, planned

MODES = {
    ("VS-22", "keyaccount"): ["on_site", "video", "telephone", "email", "conference", "exhibition"],
    ("VS-30", "bu-control"): [
        *("face_to_face", "telephone", "email", "letter", "fax", "qq", "qq_group"),
    ],
}


def check(mode, desk, sales, path, packs):
    desk.follow("region-north", *packs)
    return sales.post(f"{path}/communications", {**PLAN, "mode": mode})


@pytest.mark.rule("VS-22")
@pytest.mark.parametrize("mode", MODES["VS-22", "keyaccount"])
def test_key_accounts_are_spoken_with_in_the_modes_of_their_pack(desk, sales, path, mode):
    assert 201 == check(mode, desk, sales, path, ["keyaccount", "generic"]).status_code


@pytest.mark.rule("VS-30")
@pytest.mark.parametrize("mode", MODES["VS-30", "bu-control"])
def test_the_marketing_centre_speaks_in_the_modes_of_its_pack(desk, sales, path, mode):
    assert 201 == check(mode, desk, sales, path, ["bu-control", "generic"]).status_code


@pytest.mark.rule("VS-22")
def test_a_mode_that_no_pack_names_is_refused(desk, sales, path):
    refused = check("pigeon", desk, sales, path, ["generic"])

    assert (422, "mode_unknown", ["telephone", "email", "on_site"]) == (
        refused.status_code,
        refused.json["code"],
        refused.json["modes"],
    )


@pytest.mark.rule("VS-24")
@pytest.mark.parametrize("left_out", ["purpose", "agenda"])
def test_purpose_and_agenda_are_written_down_before(sales, path, left_out):
    asked = {name: value for name, value in PLAN.items() if name != left_out}

    assert 422 == sales.post(f"{path}/communications", asked).status_code


@pytest.mark.rule("VS-24")
def test_a_plan_after_the_fact_is_refused_where_the_pack_wants_it_first(desk, sales, path):
    desk.follow("region-north", "keyaccount", "generic")
    one = planned(sales, path)

    late = sales.post(f"{one}/holdings", {"held_at": "2026-03-02T09:59:00+08:00"})
    to_come = sales.post(f"{one}/holdings", {"held_at": "2026-03-02T10:01:00+08:00"})

    assert ("plan_too_late", "invalid") == (late.json["code"], to_come.json["code"])
    assert 200 == sales.post(f"{one}/holdings", HELD).status_code


@pytest.mark.rule("VS-24")
@pytest.mark.parametrize(("pack", "day"), [("generic", 5), ("keyaccount", 4)])
def test_minutes_that_are_not_made_in_time_are_alarmed(desk, sales, path, pack, day):
    desk.follow("region-north", *dict.fromkeys([pack, "generic"]))
    one = held(sales, path)

    assert ("communication.minutes", at(2026, 3, day, 18)) == (desk.fire(), desk.now)

    (told,) = desk.told("minutes_overdue")
    assert told["communication_id"] in one
    assert "recorded" == sales.post(f"{one}/records", MINUTES).json["state"]


@pytest.mark.rule("VS-24")
def test_minutes_are_shared_with_those_concerned(desk, sales, path):
    shared = {"shared_persons": [str(PEOPLE["north"])], "shared_units": ["region-south"]}

    made = communicated(sales, path, **shared)

    assert 200 == made.status_code, made.text
    (told,) = desk.told("communication_recorded")
    assert shared == {name: told[name] for name in shared}
    assert not {"minutes", "purpose", "agenda"} & set(told)
    assert [] == [kind for kind, _ in desk.timers() if kind == "communication.minutes"]


@pytest.mark.rule("VS-24")
@pytest.mark.parametrize("basis", [None, "court_order"])
def test_others_are_given_minutes_by_consent_or_law_alone(desk, sales, path, basis):
    outside = {"recipient": "Shengchang", "purpose": "a tender", "items": ["name"]}
    if basis is not None:
        outside["legal_basis"] = basis

    made = communicated(sales, path, outside=[outside])

    if basis is None:
        assert (403, "consent_missing") == (made.status_code, made.json["code"])
        assert [] == desk.told("communication_recorded")
    else:
        assert [one["disclosure_id"] for one in desk.told("disclosed")] == made.json["disclosures"]


@pytest.mark.rule("VS-27")
def test_the_checklist_holds_the_principles_of_the_pack(desk, sales, path):
    desk.follow("region-north", "keyaccount", "generic")
    five = ["sincere", "professional", "timely", "accurate", "confidential"]

    odd = communicated(sales, path, principles=["funny"])
    made = communicated(sales, path, principles=five)

    assert (422, "principle_unknown") == (odd.status_code, odd.json["code"])
    assert five == made.json["principles"]


@pytest.mark.parametrize(
    ("kind", "checker"),
    [
        pytest.param("daily", "marketing_manager", marks=pytest.mark.rule("VS-30")),
        pytest.param("work_record", "business_unit_manager", marks=pytest.mark.rule("VS-31")),
    ],
)
def test_a_record_is_checked_by_another_person_of_the_role_that_the_step_names(
    desk, as_, path, kind, checker
):
    desk.follow("region-north", "bu-control", "generic")
    author = as_(checker, unit="region-north", who="head-north")
    one = held(author, path, kind=kind)
    author.post(f"{one}/records", MINUTES)

    other_role = as_("sales_team", unit="region-north", who="north").post(f"{one}/checks", {})
    himself = author.post(f"{one}/checks", {})
    other = as_(checker, unit="region-north", who="head-south").post(f"{one}/checks", {})

    assert [403, 403, 200] == [one.status_code for one in (other_role, himself, other)]
    assert ("checked_by_another_role", "checked_by_author") == (
        other_role.json["code"],
        himself.json["code"],
    )
    assert ("checked", str(PEOPLE["head-south"])) == (
        other.json["state"],
        other.json["checked_by"],
    )


@pytest.mark.rule("VS-32")
def test_a_step_that_is_checked_by_those_who_do_it_is_checked_by_its_author(desk, as_, path):
    desk.follow("region-north", "bu-control", "generic")
    author = as_("company_executive", unit="region-north", who="head-north")
    one = held(author, path, kind="executive_meeting")
    author.post(f"{one}/records", MINUTES)

    assert "checked" == author.post(f"{one}/checks", {}).json["state"]


@pytest.mark.rule("VS-32")
def test_the_steps_of_a_unit_can_be_read_with_their_checkers(desk, as_):
    desk.follow("region-north", "bu-control", "generic")
    asked = "/v1/units/region-north/policies/communication_steps?on=2026-03-02&fact=kind:daily"

    (step,) = as_("auditor").get(asked).json["items"]

    assert ("marketing_manager", "at_occurrence", "004-T19 L514-L518") == (
        step["value"]["checker"],
        step["value"]["frequency"],
        step["because"]["clause"],
    )


@pytest.mark.rule("VS-32")
def test_a_planned_communication_is_checked_by_the_head_when_necessary(as_, sales, path):
    one = held(sales, path)
    sales.post(f"{one}/records", MINUTES)
    head = as_("department_head", unit="region-north", who="head-north")

    assert 403 == sales.post(f"{one}/checks", {}).status_code
    assert 200 == head.post(f"{one}/checks", {}).status_code


@pytest.mark.rule("VS-26")
def test_executives_of_both_sides_meet_as_a_kind_of_its_own(as_, path, contact):
    executive = as_("company_executive", unit="region-north")
    sides = {"our_side": [str(PEOPLE["head-north"])], "their_side": [contact["contact_id"]]}
    one = planned(executive, path, kind="executive_meeting", **sides)

    shown = executive.get(one).json

    assert sides == {name: shown[name] for name in sides}
    listed = executive.get("/v1/communications?kind=executive_meeting").json["items"]
    assert [shown["communication_id"]] == [row["communication_id"] for row in listed]


@pytest.mark.rule("CF-03")
def test_feedback_and_what_is_learnt_of_competitors_stand_on_the_file(sales, path, river):
    said = {"feedback": "the hinges are fine", "competitors": "a cheaper one opened next door"}
    communicated(sales, path, **said)

    asked = f"/v1/communications?customer_id={river['customer_id']}&state=recorded"
    (one,) = sales.get(asked).json["items"]

    assert said == {name: one[name] for name in said}


@pytest.mark.rule("CF-14")
def test_each_record_says_whether_the_file_was_gone_through(sales, path):
    one = held(sales, path)
    silent = {name: value for name, value in MINUTES.items() if name != "file_checked"}

    assert 422 == sales.post(f"{one}/records", silent).status_code
    assert sales.post(f"{one}/records", MINUTES).json["file_checked"]


def test_contacts_and_projects_of_somebody_else_are_refused(sales, path, desk):
    other = desk.register("F-2")
    foreign = sales.post(f"/v1/customers/{other.id}/projects", {"name": "Hall"}).json
    mine = {**PLAN, "project_id": foreign["project_id"]}

    assert 422 == sales.post(f"{path}/communications", mine).status_code


def test_what_is_cancelled_is_not_held(sales, path):
    one = planned(sales, path)

    assert "cancelled" == sales.post(f"{one}/cancellations", {}).json["state"]
    assert 409 == sales.post(f"{one}/holdings", HELD).status_code
