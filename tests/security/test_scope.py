"""A department sees and changes its own things alone, through every route and in every role."""

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from .answers import allowed, answered
from .cast import ABOVE, NORTH
from .matrix import COMMANDS, EVERY, LISTS, QUERIES, ROUTES, SCOPED
from .routes import missing
from .served import Served


def without_ids(answer: TestResponse, rows: dict[str, Any]) -> tuple[int, str]:
    """An answer without what the caller named himself and without the id of the request."""
    body = {**answer.json, "correlation_id": ""}
    text = json.dumps(body)
    for name, value in rows.items():
        if isinstance(value, str):
            text = text.replace(json.dumps(value), f"<{name}>")
    return answer.status_code, text


def names_of(rows: dict[str, Any], others: dict[str, Any]) -> set[str]:
    """What is found in one department only."""
    mine, theirs = (
        {value for value in one.values() if isinstance(value, str)} for one in (rows, others)
    )
    return mine - theirs


# S1: a route is about something of a department, or says why not.
@pytest.mark.parametrize(("service", "endpoint"), EVERY)
def test_a_route_names_what_it_is_about(service: str, endpoint: str) -> None:
    route = ROUTES[service][endpoint]
    names_rows = "{" in route.path or "{" in json.dumps(route.body) or bool(route.lists)
    assert names_rows or bool(route.unscoped)


# S1: a command that is valid, so that its refusal elsewhere is not one of its form.
@pytest.mark.parametrize("unit", [NORTH, ABOVE])
@pytest.mark.parametrize(("service", "endpoint"), COMMANDS)
def test_a_command_reaches_what_is_the_callers_own(
    house: dict[str, Served], service: str, endpoint: str, unit: str
) -> None:
    served, route = house[service], ROUTES[service][endpoint]
    roles = sorted(allowed(served, endpoint))
    answers = [answered(served, endpoint, role, unit=unit) for role in roles]
    texts = [answer.text for answer in answers]
    statuses = {answer.status_code for answer in answers}
    assert statuses <= {200, 201, 403, 409, 422}, texts
    assert not [text for text in texts if "role_missing" in text]
    assert statuses & {200, 201} or (route.personal and unit == ABOVE), texts


# S1: what is foreign is answered like what does not exist, and stays as it was.
@pytest.mark.parametrize(("service", "endpoint"), [one for one in SCOPED if one not in LISTS])
def test_what_is_foreign_looks_like_what_is_missing(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    served, route = house[service], ROUTES[service][endpoint]
    before, none = served.contents(), missing(served.south)
    for role in sorted(allowed(served, endpoint)):
        caller = served.acts(role, unit=NORTH)
        foreign = without_ids(route.send(caller, served.south), served.south)
        absent = without_ids(route.send(caller, none), none)
        assert foreign == absent, role
        if route.names_in_path:
            assert foreign[0] == 404, role
    assert served.contents() == before


# S3: lists, timelines and details tell nothing of a sibling; those above see both.
@pytest.mark.parametrize(("service", "endpoint"), QUERIES)
def test_an_answer_holds_nothing_of_another_department(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    served, route = house[service], ROUTES[service][endpoint]
    foreign = names_of(served.south, served.north)
    for role in sorted(allowed(served, endpoint)):
        own = answered(served, endpoint, role, unit=NORTH)
        above = answered(served, endpoint, role, unit=ABOVE)
        assert (own.status_code, above.status_code) == (200, 200), role
        assert [name for name in foreign if name in own.text] == [], role
        if route.lists:
            assert served.north[route.lists] in own.text, role
            assert served.north[route.lists] in above.text, role
            assert served.south[route.lists] in above.text, role


# S1: a token of a unit that nobody knows opens nothing.
@pytest.mark.parametrize(("service", "endpoint"), [one for one in SCOPED if one in QUERIES])
def test_a_caller_of_an_unknown_unit_sees_nothing(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    served, route = house[service], ROUTES[service][endpoint]
    role = sorted(allowed(served, endpoint))[0]
    token = served.issuer.token("nobody", roles=[role], unit="%", audience=service)
    stranger = type(served.acts(role, unit=NORTH))(served.app, token)
    answer = route.send(stranger, served.north)
    named = names_of(served.north, served.south)
    assert answer.status_code in (200, 404) or answer.json["code"] == "person_unknown"
    assert [name for name in named if name in answer.text] == []


# S1: what a body refers to is looked for where the caller may look.
def test_a_complaint_cannot_be_told_to_repeat_one_that_is_foreign(
    house: dict[str, Served],
) -> None:
    served, route = house["complaint"], ROUTES["complaint"]["complaints.file_complaint"]
    before = served.contents()
    caller = served.acts("regional_service_assistant", unit=NORTH)
    told = [
        without_ids(
            route.send(caller, served.north, body={**route.body, "repeat_of": rows["received"]}),
            rows,
        )
        for rows in (served.south, missing(served.south))
    ]
    assert told[0] == told[1]
    assert told[0][0] == 422
    assert served.contents() == before
