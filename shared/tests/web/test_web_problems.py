import io
import logging
import re
from typing import Any

import pytest

from shared import logs
from shared.web.testing import Caller

UNKNOWN = "0190b8a0-0000-7000-8000-000000000001"


def problem(answer: Any) -> dict[str, Any]:
    """The body of a problem without the id that differs each time."""
    assert answer.content_type == "application/problem+json"
    body = dict(answer.json)
    assert body.pop("correlation_id") == answer.headers["X-Request-ID"]
    return body


def test_a_broken_rule_is_told_with_its_code_and_clause(house: Any) -> None:
    answer = house.writer.post("/v1/notes", {"text": "TEA"})
    assert answer.status_code == 409
    assert problem(answer) == {
        "type": "/problems/too_loud",
        "title": "Conflict",
        "status": 409,
        "detail": "Do not shout.",
        "code": "too_loud",
        "length": 3,
        "because": {"pack": "manners", "version": "1", "clause": "1.2", "rule": "XX-01"},
    }


def test_a_body_that_does_not_fit_is_told_by_field(house: Any) -> None:
    answer = house.writer.post("/v1/notes", {"text": 1, "tags": [{"label": "a", "grade": 1}]})
    assert problem(answer) == {
        "type": "/problems/invalid",
        "title": "Unprocessable Content",
        "status": 422,
        "detail": "The request can be read and still makes no sense; see errors.",
        "code": "invalid",
        "errors": {
            "json": {"text": ["Not a valid string."], "tags": {"0": {"grade": ["Unknown field."]}}}
        },
    }


def test_what_is_unknown_foreign_or_no_route_looks_the_same(house: Any) -> None:
    foreign = house.as_("zhao", "writer", unit="region-south").post("/v1/notes", {"text": "tea"})
    asked = [f"/v1/notes/{foreign.json['id']}", f"/v1/notes/{UNKNOWN}", "/v1/notes/abc", "/nowhere"]
    answers = [house.writer.get(path) for path in asked]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert [problem(answer) for answer in answers] == [problem(answers[0])] * 4
    own = [set(answer.headers.keys()) for answer in answers]
    assert own == [own[0]] * 4


def test_a_wrong_method_is_told_which_ones_there_are(house: Any) -> None:
    answer = house.writer.put("/v1/notes", {}, version=1)
    assert (answer.status_code, problem(answer)["code"]) == (405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(house: Any, method: str) -> None:
    answer = house.app.test_client().open("/v1/notes", method=method)
    assert problem(answer)["code"] == "method_not_allowed"


@pytest.mark.parametrize("path", ["/v1/notes/", "//v1/notes", "/v1//notes"])
def test_an_address_is_not_tidied_by_a_redirect(house: Any, path: str) -> None:
    assert house.writer.get(path).status_code == 404


@pytest.fixture
def lines() -> Any:
    """What is logged, as configured in a service."""
    stream = io.StringIO()
    before = logging.getLogger().handlers[:]
    logs.configure("notes", stream=stream)
    yield lambda: stream.getvalue()
    logging.getLogger().handlers = before


def test_a_crash_tells_nothing_but_an_id_that_the_log_has_too(house: Any, lines: Any) -> None:
    answer = house.writer.post("/v1/crash", {"text": "canary 13812345678"})
    assert problem(answer) == {
        "type": "/problems/internal",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "Something went wrong on our side. Tell us the correlation id.",
        "code": "internal",
    }
    assert "canary" not in answer.text + str(answer.headers)
    logged = lines()
    assert "canary" not in logged
    assert answer.json["correlation_id"] in logged
    assert re.search(r"notes\.py:\d+ crash", logged)
    assert house.texts() == []


def test_a_value_that_broke_a_constraint_of_the_database_is_told_to_nobody(
    house: Any, lines: Any
) -> None:
    house.writer.post("/v1/notes", {"text": "canary"})
    answer = house.writer.post("/v1/notes", {"text": "canary"})
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    assert "canary" not in answer.text + lines()


def test_every_answer_is_kept_by_no_cache(house: Any) -> None:
    answers = [
        house.writer.get("/v1/notes"),
        house.writer.post("/v1/notes", {"text": "tea"}),
        house.writer.post("/v1/notes", {}),
        house.writer.get("/nowhere"),
        house.writer.post("/v1/crash", {"text": "crash"}),
        house.app.test_client().get("/v1/notes"),
        house.app.test_client().get("/openapi.json"),
    ]
    assert [answer.status_code for answer in answers] == [200, 201, 422, 404, 500, 401, 200]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert {answer.headers["X-Content-Type-Options"] for answer in answers} == {"nosniff"}


@pytest.mark.parametrize("given", ["a", "A-b_c.9", "x" * 64])
def test_the_id_of_a_request_is_kept(house: Any, given: str) -> None:
    assert asked(house.writer, given) == given


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "a/b", "a\x1b[31m", "{}", "é"])
def test_an_id_that_is_none_is_replaced(house: Any, given: str) -> None:
    assert re.fullmatch(r"[0-9a-f-]{36}", asked(house.writer, given))


def asked(caller: Caller, request_id: str) -> str:
    return caller.get("/v1/notes", headers={"X-Request-ID": request_id}).headers["X-Request-ID"]


def test_nothing_that_a_person_sent_is_logged(house: Any, lines: Any) -> None:
    canary = "canary 13812345678"
    sent = {"Idempotency-Key": "canary-key", "User-Agent": canary, "X-Canary": canary}
    answers = [
        house.writer.post("/v1/notes", {"text": canary}, headers=sent),
        house.writer.post("/v1/notes", {"text": canary, canary: canary}, headers=sent),
        house.writer.post("/v1/notes", data=canary.encode(), content_type="application/json"),
        house.writer.post("/v1/crash", {"text": f"{canary} again"}),
        house.writer.get(f"/v1/notes?cursor={canary}"),
        house.writer.get(f"/v1/{canary}/{canary}"),
        house.writer.get("/v1/notes", headers={"Authorization": f"Bearer {canary}"}),
        house.writer.get("/v1/notes", headers={"X-Request-ID": canary, "traceparent": canary}),
    ]
    statuses = [answer.status_code for answer in answers]
    assert statuses == [201, 422, 400, 500, 400, 404, 401, 200]
    logged = lines()
    assert len(logged.splitlines()) == len(answers) + 1
    assert "canary" not in logged
    assert "13812345678" not in logged
