"""What customers do without a token: bounded, strict, and silent about everybody else."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from shared.ids import new_id
from shared.web.auth import ANYONE
from shared.web.bodies import BODY_LIMIT, DEPTH_LIMIT

from .answers import allowed, operations
from .cast import NORTH, PERSON, PERSONAL, PHONE
from .complaint_attachments import FILE
from .matrix import PUBLIC, STRANGERS
from .served import SERVICES, Served

MATTER = {
    "org_unit": "shop-01",
    "complainant": "consumer",
    "about": "product_quality",
    "reason": "a seam is open",
    "complainant_name": PERSON,
    "complainant_phone": PHONE,
}
WANTED = {"org_unit": "shop-01", "matter": "the lamp flickers"}
COMMANDS = {
    "/v1/public/complaints": MATTER,
    "/v1/public/problems": {**WANTED, "type": "quality", "source": "product_quality"},
    "/v1/public/service-requests": WANTED,
    "/v1/public/feedback": {**WANTED, "topic": "service_attitude"},
    "/v1/public/tracking/messages": {"content": "more"},
}
LARGE = b'{"reason":"' + b"x" * BODY_LIMIT + b'"}'
DEEP = b'{"a":' * (DEPTH_LIMIT + 1) + b"1" + b"}" * (DEPTH_LIMIT + 1)


@pytest.fixture
def served(restored: dict[str, Served]) -> Served:
    return restored["complaint"]


@pytest.fixture
def code(served: Served) -> str:
    filed = sent(served, "POST", "/v1/public/complaints", json=MATTER)
    assert filed.status_code == 201, filed.text
    found: str = filed.json["tracking_code"]
    return found


def sent(served: Served, method: str, path: str, *, code: str = "", **how: Any) -> TestResponse:
    headers = {"Idempotency-Key": str(new_id()), "Tracking-Code": code, **how.pop("headers", {})}
    return served.app.test_client().open(path, method=method, headers=headers, **how)


def answers(served: Served, code: str) -> Iterator[TestResponse]:
    """What a customer is answered on each route."""
    yield sent(served, "GET", "/v1/public/tracking", code=code)
    for path, body in COMMANDS.items():
        yield sent(served, "POST", path, code=code, json=body)
    yield sent(served, "POST", "/v1/public/tracking/attachments", code=code, data=FILE)


# S6: nothing else is open to anybody.
@pytest.mark.parametrize("service", SERVICES)
def test_nobody_without_a_token_gets_anywhere_else(house: dict[str, Served], service: str) -> None:
    served = house[service]
    views = served.app.view_functions
    opened = {name for name in views if ANYONE in allowed(served, name)}
    assert opened == {*PUBLIC, *STRANGERS.get(service, ())}


# S19, S20: each of them is counted, and says so.
def test_each_of_them_is_counted(house: dict[str, Served]) -> None:
    told = operations(house["complaint"])
    for name in STRANGERS["complaint"]:
        operation = told[name.partition(".")[2]]
        assert "429" in operation["responses"]
        assert "security" not in operation


# S32, S35: a code shows how a case goes, and nobody.
def test_no_answer_shows_personal_data(served: Served, code: str) -> None:
    for answer in answers(served, code):
        assert answer.status_code in (200, 201)
        assert answer.headers["Cache-Control"] == "no-store"
        text = json.dumps(answer.json, ensure_ascii=False)
        assert [one for one in PERSONAL if one in text] == []


# S34: what is kept for repetitions shows neither person nor code.
def test_kept_answers_show_nobody(served: Served, code: str) -> None:
    list(answers(served, code))
    kept = repr(served.contents(without=())["idempotency_keys"])
    assert [one for one in (*PERSONAL, code) if one in kept] == []


# S1: a token opens nothing more here, and a wrong one closes nothing.
@pytest.mark.parametrize("token", ["", "Bearer x", "Basic eDp4"])
def test_a_token_changes_nothing(served: Served, code: str, token: str) -> None:
    plain = sent(served, "GET", "/v1/public/tracking", code=code)
    with_token = sent(
        served, "GET", "/v1/public/tracking", code=code, headers={"Authorization": token}
    )
    assert (with_token.status_code, with_token.json) == (200, plain.json)
    role = served.acts("general_service_manager", unit=NORTH)
    assert role.get("/v1/public/tracking").status_code == 404


# S10: what the service decides cannot be sent along.
@pytest.mark.parametrize("path", COMMANDS)
def test_every_column_that_is_not_asked_for_is_refused(
    served: Served, code: str, path: str
) -> None:
    before, body = served.contents(), COMMANDS[path]
    asked = set(operations_of(served, path))
    columns = served.columns() - asked
    answer = sent(served, "POST", path, code=code, json={**body, **dict.fromkeys(columns, "x")})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    errors = answer.json["errors"]["json"]
    assert columns == {name for name, said in errors.items() if said == ["Unknown field."]}
    assert unchanged(served, before)


def operations_of(served: Served, path: str) -> dict[str, Any]:
    body = served.document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    name = body["schema"]["$ref"].rpartition("/")[2]
    found: dict[str, Any] = served.document["components"]["schemas"][name]["properties"]
    return found


# S20
@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (LARGE, (413, "body_too_large")),
        (DEEP, (400, "json_too_deep")),
        (b"{", (400, "malformed_json")),
        (b"[]", (422, "invalid")),
        (b"", (400, "malformed_json")),
    ],
    ids=["large", "deep", "broken", "list", "empty"],
)
@pytest.mark.parametrize("path", COMMANDS)
def test_a_body_beyond_the_limits_is_refused(
    served: Served, code: str, path: str, body: bytes, refusal: tuple[int, str]
) -> None:
    before = served.contents()
    answer = sent(served, "POST", path, code=code, data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == refusal
    assert unchanged(served, before)


def unchanged(served: Served, before: dict[str, Any]) -> bool:
    """Whether nothing but the count of calls changed."""
    kept = {name: rows for name, rows in served.contents().items() if name != "call_buckets"}
    return kept == {name: rows for name, rows in before.items() if name != "call_buckets"}


# S34: the code is in no line of the log.
def test_the_log_holds_no_code(served: Served, code: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    list(answers(served, code))
    assert caplog.records
    assert [one for one in caplog.records if code in repr(vars(one))] == []
