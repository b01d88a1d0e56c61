"""How several departments develop a key customer together."""

import pytest

NORTH, SOUTH = "region-north", "region-south"
TOLD = {"needs": "beds for two wards", "plan": "a yearly contract with a service point"}
JOINT = {**TOLD, "units": [NORTH, SOUTH]}


@pytest.fixture(autouse=True)
def medical(desk):
    desk.follow("hq", "medical", "generic")


@pytest.fixture
def division(as_):
    return as_("marketing_division")


@pytest.fixture
def plan(division, path):
    answer = division.post(f"{path}/development-plans", JOINT)
    assert 201 == answer.status_code, answer.text
    return f"/v1/development-plans/{answer.json['plan_id']}"


@pytest.fixture
def agree(as_):
    """Let the head of a department agree for it, or for ``unit``."""

    def agreed(plan, region, unit=None):
        head = as_("department_head", unit=region)
        return head.post(f"{plan}/agreements", {"unit": unit or region})

    return agreed


@pytest.mark.rule("VS-15")
def test_a_plan_is_agreed_once_every_department_has_agreed(desk, division, plan, agree):
    assert "proposed" == agree(plan, NORTH).json["state"]
    assert "agreed_already" == agree(plan, NORTH).json["code"]

    shown = agree(plan, SOUTH).json

    assert ("agreed", TOLD["needs"]) == (shown["state"], shown["needs"])
    assert [NORTH, SOUTH] == [part["unit"] for part in shown["parts"] if part["agreed_at"]]
    told = desk.told("development_plan_moved")
    assert ["proposed", "proposed", "agreed"] == [one["state"] for one in told]
    assert {"plan_id", "customer_id", "org_unit", "units", "state"} == set(told[0])


@pytest.mark.rule("VS-15")
@pytest.mark.parametrize("role", ["sales_team", "department_head", "marketing_centre"])
def test_the_marketing_division_coordinates(as_, path, plan, role):
    other = as_(role)

    for answer in (
        other.post(f"{path}/development-plans", JOINT),
        other.post(f"{plan}/revisions", TOLD),
    ):
        assert (403, "not_the_coordinator") == (answer.status_code, answer.json["code"])
        assert "001-P10 L452" == answer.json["because"]["clause"]


@pytest.mark.rule("VS-15")
def test_a_plan_that_is_written_anew_is_agreed_anew(division, plan, agree):
    agree(plan, NORTH)
    agree(plan, SOUTH)

    shown = division.post(f"{plan}/revisions", {**TOLD, "plan": "two service points"}).json

    assert ("proposed", "two service points") == (shown["state"], shown["plan"])
    assert [None, None] == [part["agreed_by"] for part in shown["parts"]]
    agree(plan, SOUTH)
    assert "agreed" == agree(plan, NORTH).json["state"]


def test_a_department_agrees_for_itself_alone(plan, agree):
    assert 404 == agree(plan, NORTH, SOUTH).status_code
    assert 404 == agree(plan, "hq", "shop-02").status_code


def test_who_takes_part_sees_the_plan_and_others_do_not(as_, division, path):
    answer = division.post(f"{path}/development-plans", {**TOLD, "units": [SOUTH, "sales-centre"]})
    plan = f"/v1/development-plans/{answer.json['plan_id']}"

    assert 200 == as_("sales_team", unit=SOUTH).get(plan).status_code
    listed = as_("sales_team", unit="sales-centre").get("/v1/development-plans").json["items"]
    assert [answer.json["plan_id"]] == [one["plan_id"] for one in listed]
    assert 404 == as_("sales_team", unit="shop-02").get(plan).status_code


def test_one_department_makes_no_joint_plan(division, path):
    alone = division.post(f"{path}/development-plans", {**TOLD, "units": [NORTH]})

    assert (422, "invalid") == (alone.status_code, alone.json["code"])


def test_a_unit_whose_packs_name_no_coordinator_has_no_joint_plans(desk, division, path):
    desk.follow("hq", "generic")

    refused = division.post(f"{path}/development-plans", JOINT)

    assert (422, "policy_missing") == (refused.status_code, refused.json["code"])
