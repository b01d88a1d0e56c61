"""What departments hold together and the company once a year; and who pays for gatherings."""

import pytest

from .desk import at
from .test_gatherings import draft, hold, one_of

MEETING = {"planned_on": "2026-12-20", "title": "Thank-you meeting", "attendees": 5}


@pytest.fixture(autouse=True)
def medical(desk):
    desk.follow("hq", "bu-control", "medical", "generic")


@pytest.fixture
def division(as_):
    return as_("marketing_division")


@pytest.mark.rule("VS-15")
@pytest.mark.parametrize("role", ["sales_team", "department_head", "marketing_centre"])
@pytest.mark.parametrize(
    ("kind", "joint"),
    [
        ("forum", ["region-south"]),
        ("promotion", ["region-south"]),
        ("exhibition", ["region-south"]),
        ("thank_you", []),
    ],
)
def test_the_marketing_division_plans_what_departments_hold_together(
    as_, division, role, kind, joint
):
    refused = draft(as_(role), kind, joint_units=joint)

    assert (403, "not_the_coordinator") == (refused.status_code, refused.json["code"])
    assert "001-P10 L452" == refused.json["because"]["clause"]
    one_of(draft(division, kind, joint_units=joint))


@pytest.mark.rule("VS-15")
def test_the_company_thanks_its_customers_once_a_year(division):
    one_of(draft(division, "thank_you", **MEETING))

    again = draft(division, "thank_you", **{**MEETING, "org_unit": "region-south"})

    assert (409, "year_taken") == (again.status_code, again.json["code"])
    one_of(draft(division, "thank_you", **{**MEETING, "planned_on": "2027-01-08"}))
    one_of(draft(division, "promotion", **MEETING))


@pytest.mark.rule("VS-15")
def test_a_meeting_that_another_unit_has_planned_is_not_asked_for(desk, division):
    draft(division, "thank_you", **MEETING)
    draft(
        division, "thank_you", **{**MEETING, "org_unit": "region-south", "planned_on": "2027-06-01"}
    )

    assert "gathering.cycle" == desk.fire()

    assert at(2027, 10, 1, 9) == desk.now
    assert [] == desk.told("gathering_wanted")
    assert [at(2028, 10, 2, 9)] == list(desk.timers().values())


@pytest.mark.rule("VS-15")
def test_a_plan_that_is_given_up_makes_room_for_the_meeting_of_the_year(desk, division):
    one = one_of(draft(division, "thank_you", **MEETING))
    assert [at(2027, 10, 1, 9)] == list(desk.timers().values())

    given_up = division.post(f"{one}/cancellations", {})

    assert (200, "cancelled") == (given_up.status_code, given_up.json["state"])
    assert "cancelled" == desk.told("gathering_moved")[-1]["state"]
    assert [at(2026, 10, 8, 9)] == list(desk.timers().values())
    assert "wrong_state" == hold(division, one).json["code"]
    assert "wrong_state" == division.post(f"{one}/cancellations", {}).json["code"]
    one_of(draft(division, "thank_you", **{**MEETING, "org_unit": "region-south"}))


@pytest.mark.rule("VS-07")
def test_the_next_forum_is_counted_from_the_last_that_was_not_given_up(desk, division):
    one_of(draft(division, "forum", planned_on="2026-04-01"))
    later = one_of(draft(division, "forum", planned_on="2026-06-01"))

    division.post(f"{later}/cancellations", {})

    assert [at(2026, 10, 8, 9)] == list(desk.timers().values())


@pytest.mark.rule("VS-07")
def test_without_any_forum_that_stands_nothing_is_counted(desk, division):
    one = one_of(draft(division, "forum", planned_on="2026-04-01"))

    division.post(f"{one}/cancellations", {})

    assert {} == desk.timers()


@pytest.fixture
def due(as_):
    """Which kinds are wanted in region north, and since when."""

    def kinds():
        shown = as_("auditor").get("/v1/units/region-north/gatherings-due").json["kinds"]
        return {one["kind"]: one["due_on"] for one in shown}

    return kinds


class TestWhenOctoberHasCome:
    @pytest.fixture(autouse=True)
    def october(self, desk, medical):
        desk.now = at(2026, 10, 1, 9)

    @pytest.mark.rule("VS-15")
    def test_the_meeting_of_the_year_is_wanted_until_somebody_plans_it(self, division, due):
        assert {"thank_you": "2026-10-01"} == due()

        draft(division, "thank_you", **{**MEETING, "org_unit": "region-south"})

        assert {} == due()

    @pytest.mark.rule("VS-07")
    def test_a_forum_is_wanted_half_a_year_after_the_last(self, division, due):
        draft(division, "forum", planned_on="2026-04-01")
        assert "2026-10-01" == due()["forum"]

        draft(division, "forum", planned_on="2026-10-02")
        assert "forum" not in due()


@pytest.mark.rule("VS-15")
def test_the_meeting_of_the_year_is_not_wanted_before_its_month(due):
    assert {} == due()


@pytest.mark.rule("VS-37")
@pytest.mark.parametrize("role", ["strategy_centre", "marketing_centre", "business_unit_manager"])
def test_a_gathering_that_costs_something_is_held_once_the_finance_centre_has_funded_it(
    as_, sales, role
):
    one = one_of(draft(sales, attendees=5, budget="3"))
    assert "funding_missing" == hold(sales, one).json["code"]
    assert "role_missing" == as_(role).post(f"{one}/fundings", {}).json["code"]

    funded = as_("finance_centre", who="north").post(f"{one}/fundings", {}).json

    assert ("draft", True) == (funded["state"], funded["funded_by"] is not None)
    assert "held" == hold(sales, one).json["state"]


@pytest.mark.rule("VS-37")
def test_a_gathering_without_a_budget_needs_no_funding(sales):
    assert "held" == hold(sales, one_of(draft(sales, attendees=5))).json["state"]


def test_where_the_packs_name_no_funder_nothing_is_funded(desk, as_, sales):
    desk.follow("hq", "medical", "generic")
    one = one_of(draft(sales, attendees=5, budget="3"))

    assert "policy_missing" == as_("finance_centre").post(f"{one}/fundings", {}).json["code"]
    assert "held" == hold(sales, one).json["state"]
