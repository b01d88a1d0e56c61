"""How much one may send and ask for at once (S20), on the routes of all services."""

import pytest

from shared.web.bodies import BODY_LIMIT, DEPTH_LIMIT

from .answers import allowed, parameters
from .cast import ABOVE, NORTH
from .matrix import COMMANDS, QUERIES, ROUTES
from .served import Served

# These take files, up to limits of their own.
OWN_LIMIT = frozenset(
    {
        "imports.import_customers",
        "people_imports.import_staff",
        "attachments.add_attachment",
        "execution.add_signature_photograph",
    }
)
# These are as long as a unit has activations, a section rules, the company units or texts, a scheme
# grades.
WHOLE = frozenset(
    {
        "policies.list_packs",
        "policies.get_activations",
        "policies.get_rulings",
        "scripts.list_scripts",
        "standards.list_standards",
        "stage_reviews.get_entitlements",
        "stage_reviews.report_grade_distribution",
        "stage_reviews.report_stage_reviews",
        "units.get_unit_tree",
        "templates.list_templates",
        "templates.list_template_versions",
        "subscriptions.list_event_types",
    }
)
BOUNDED = [one for one in COMMANDS if one[1] not in OWN_LIMIT]
LARGE = b'{"reason":"' + b"x" * BODY_LIMIT + b'"}'
DEEP = b'{"a":' * (DEPTH_LIMIT + 1) + b"1" + b"}" * (DEPTH_LIMIT + 1)


# S20
@pytest.mark.parametrize(
    ("body", "refusal"), [(LARGE, (413, "body_too_large")), (DEEP, (400, "json_too_deep"))]
)
@pytest.mark.parametrize(("service", "endpoint"), BOUNDED)
def test_a_body_beyond_the_limits_is_refused(
    house: dict[str, Served], service: str, endpoint: str, body: bytes, refusal: tuple[int, str]
) -> None:
    served, route = house[service], ROUTES[service][endpoint]
    before = served.contents()
    caller = served.acts(min(allowed(served, endpoint)), unit=NORTH)
    answer = route.send(caller, served.north, body=body)
    assert (answer.status_code, answer.json["code"]) == refusal
    assert served.contents() == before


# S20
def test_the_import_has_a_limit_of_its_own(house: dict[str, Served]) -> None:
    served, endpoint = house["customer"], "imports.import_customers"
    limit: int = served.app.view_functions[endpoint].body_limit  # type: ignore[attr-defined]
    caller = served.acts("sales_team", unit=NORTH)
    answer = ROUTES["customer"][endpoint].send(caller, served.north, body="x" * (limit + 1))
    assert (answer.status_code, answer.json["code"]) == (413, "body_too_large")


# S20
@pytest.mark.parametrize(("service", "endpoint"), QUERIES)
def test_a_list_is_shown_by_pages_of_100_at_most(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    served, route = house[service], ROUTES[service][endpoint]
    caller = served.acts(min(allowed(served, endpoint)), unit=ABOVE)
    if "items" not in (route.send(caller, served.north).json or {}) or endpoint in WHOLE:
        assert "limit" not in parameters(served, endpoint)
        return
    sizes = {one: route.ask(caller, served.north, limit=one).status_code for one in ("100", "101")}
    assert sizes == {"100": 200, "101": 422}
