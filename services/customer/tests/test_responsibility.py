"""Who answers for customer relations: the company's centre, each unit, and who inspects (VS-37)."""

import pytest

from .river import CUSTOMERS
from .talks import PLAN
from .test_gatherings import draft

READ = (
    CUSTOMERS,
    "/v1/visits",
    "/v1/communications",
    "/v1/issues",
    "/v1/gatherings",
    "/v1/needs",
    "/v1/projects",
    "/v1/opinion-summaries",
    "/v1/visit-plans",
    "/v1/development-plans",
)


@pytest.fixture(autouse=True)
def control(desk):
    desk.follow("hq", "bu-control", "medical", "generic")


@pytest.mark.rule("VS-37")
def test_the_marketing_centre_keeps_relations_at_company_level(desk, as_):
    for number, unit in (("F-1", "shop-01"), ("F-2", "shop-03")):
        customer = desk.register(number, org_unit=unit)
        asked = f"{CUSTOMERS}/{customer.id}/communications"
        assert 201 == as_("marketing_centre").post(asked, PLAN).status_code


@pytest.mark.rule("VS-37")
def test_each_business_unit_keeps_its_own(as_, path):
    asked = f"{path}/communications"

    own = as_("business_unit_manager", unit="region-north").post(asked, PLAN)
    foreign = as_("business_unit_manager", unit="region-south").post(asked, PLAN)

    assert (201, 404) == (own.status_code, foreign.status_code)


@pytest.mark.rule("VS-37")
@pytest.mark.parametrize("list_", READ)
def test_the_strategy_centre_reads_what_is_done(as_, path, list_):
    assert 200 == as_("strategy_centre").get(list_).status_code
    assert 200 == as_("strategy_centre").get(path).status_code


@pytest.mark.rule("VS-37")
def test_the_strategy_centre_takes_part_where_it_is_invited_and_decides_nothing(as_, sales, path):
    invited = draft(sales, invited_units=["hq"]).json
    one = f"/v1/gatherings/{invited['gathering_id']}"
    centre = as_("strategy_centre")

    assert ["hq"] == centre.get(one).json["invited_units"]
    for asked in (f"{one}/submissions", f"{one}/approvals", f"{path}/communications"):
        assert "role_missing" == centre.post(asked, {}).json["code"]
