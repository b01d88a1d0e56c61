"""Who may use which route at all: the matrix holds every route, and every role is asked."""

import re

import pytest

from .answers import allowed, rules
from .cast import NORTH, ROLES
from .matrix import COMMANDS, EVERY, PUBLIC, ROUTES, STRANGERS
from .served import SERVICES, Served


# S1, S6: a route that is not in the matrix was never asked who may see what through it.
@pytest.mark.parametrize("service", SERVICES)
def test_the_matrix_holds_every_route(house: dict[str, Served], service: str) -> None:
    served = house[service]
    routes = {endpoint: (method, rule) for endpoint, method, rule in rules(served)}
    assert sorted(routes) == sorted({*ROUTES[service], *PUBLIC, *STRANGERS.get(service, ())})
    for endpoint, entry in ROUTES[service].items():
        method, rule = routes[endpoint]
        pattern = re.sub(r"<[^>]+>", "[^/]+", rule)
        assert method == entry.method, endpoint
        assert re.fullmatch(pattern, entry.path.partition("?")[0]), endpoint


# S6: nobody is let in by a role that no token can carry.
@pytest.mark.parametrize(("service", "endpoint"), EVERY)
def test_a_route_names_roles_of_the_company_alone(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    roles = allowed(house[service], endpoint)
    assert roles
    assert roles <= set(ROLES)


# S6: the default is no.
@pytest.mark.parametrize(("service", "endpoint"), EVERY)
def test_every_other_role_is_refused_and_changes_nothing(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    served, route = house[service], ROUTES[service][endpoint]
    before = served.contents()
    others = set(ROLES) - allowed(served, endpoint)
    answers = {role: route.send(served.acts(role, unit=NORTH), served.north) for role in others}
    refusals = {(answer.status_code, answer.json["code"]) for answer in answers.values()}
    assert refusals == {(403, "role_missing")}
    assert served.contents() == before


# VS-37: the strategy centre inspects; all that it signs is that it keeps secrets.
@pytest.mark.parametrize("endpoint", [name for service, name in COMMANDS if service == "customer"])
def test_no_command_is_for_the_strategy_centre(house: dict[str, Served], endpoint: str) -> None:
    if endpoint.partition(".")[0] != "secrecy":
        assert "strategy_centre" not in allowed(house["customer"], endpoint)


# S6: the auditor reads what lies below him and changes nothing.
@pytest.mark.parametrize(("service", "endpoint"), COMMANDS)
def test_no_command_is_for_the_auditor(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    assert "auditor" not in allowed(house[service], endpoint)
