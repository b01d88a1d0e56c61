"""A token is good for the service that it names (S12); the forgeries of S11 stand with shared."""

from itertools import permutations

import pytest

from .answers import allowed
from .cast import NORTH
from .matrix import EVERY, ROUTES
from .served import SERVICES, Served


# S12
@pytest.mark.parametrize(("audience", "service"), list(permutations(SERVICES, 2)))
def test_a_token_for_one_service_opens_no_route_of_another(
    house: dict[str, Served], audience: str, service: str
) -> None:
    served = house[service]
    before = served.contents()
    for endpoint, route in ROUTES[service].items():
        caller = served.acts(min(allowed(served, endpoint)), unit=NORTH, audience=audience)
        answer = route.send(caller, served.north)
        assert (answer.status_code, answer.json["code"]) == (401, "token_invalid"), endpoint
    assert served.contents() == before


# S6, S12: without a token there is no answer but who one has to be.
@pytest.mark.parametrize(("service", "endpoint"), EVERY)
def test_a_request_without_a_token_is_refused(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    served, nobody = house[service], {"Authorization": ""}
    answer = ROUTES[service][endpoint].send(
        served.acts("auditor", unit=NORTH), served.north, headers=nobody
    )
    assert (answer.status_code, answer.json["code"]) == (401, "token_missing")
