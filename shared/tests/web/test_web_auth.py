import json
import time
from typing import Any

import pytest
from flask import Flask
from joserfc import jwt

from shared.web.app import create_app
from shared.web.auth import ANYONE, allow, open_to_nobody
from shared.web.blueprint import Blueprint
from shared.web.kit import kit
from shared.web.tokens import REGISTRY

OPEN = ["/docs", "/healthz", "/metrics", "/openapi.json", "/readyz", "/version"]


def with_claims(house: Any, **changes: Any) -> dict[str, str]:
    claims = {
        "iss": "tests",
        "aud": "notes",
        "sub": "wang",
        "exp": int(time.time()) + 60,
        "roles": ["reader"],
        "org_unit": "hq",
        **changes,
    }
    header = {"alg": "EdDSA", "kid": "key-1"}
    token = jwt.encode(header, claims, house.issuer.key, registry=REGISTRY)
    return {"Authorization": f"Bearer {token}"}


def asked(house: Any, headers: dict[str, str]) -> tuple[int, str | None, str | None]:
    answer = house.app.test_client().get("/v1/notes", headers=headers)
    return answer.status_code, answer.json.get("code"), answer.headers.get("WWW-Authenticate")


def test_a_request_without_a_token_is_told_that_one_is_missing(house: Any) -> None:
    assert asked(house, {}) == (401, "token_missing", 'Bearer realm="huiyin"')


@pytest.mark.parametrize(
    "value", ["Bearer", "Bearer ", "Basic d2FuZzpwYXNz", "Bearer abc", "abc", "Bearer a b c"]
)
def test_a_token_that_cannot_be_read_is_refused(house: Any, value: str) -> None:
    expected = (401, "token_invalid", 'Bearer realm="huiyin", error="invalid_token"')
    assert asked(house, {"Authorization": value}) == expected


def test_a_token_that_has_expired_is_told_so(house: Any) -> None:
    headers = with_claims(house, exp=int(time.time()) - 61)
    expected = (401, "token_expired", 'Bearer realm="huiyin", error="invalid_token"')
    assert asked(house, headers) == expected


def test_a_valid_token_with_a_role_is_let_in(house: Any) -> None:
    assert asked(house, with_claims(house))[0] == 200


def test_the_name_of_the_scheme_may_be_written_in_small_letters(house: Any) -> None:
    token = with_claims(house)["Authorization"].replace("Bearer", "bearer")
    assert asked(house, {"Authorization": token})[0] == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"roles": "reader"},
        {"roles": None},
        {"roles": [1]},
        {"roles": ["x" * 61]},
        {"roles": ["reader\n"]},
        {"org_unit": None},
        {"org_unit": ""},
        {"org_unit": ["hq"]},
        {"org_unit": "x" * 61},
        {"org_unit": "hq\x1b[31m"},
        {"sub": "x" * 81},
        {"sub": "wang\r\nadmin"},
    ],
)
def test_claims_of_another_form_are_refused(house: Any, claims: dict[str, Any]) -> None:
    assert asked(house, with_claims(house, **claims))[:2] == (401, "token_invalid")


def test_a_caller_without_one_of_the_roles_is_refused(house: Any) -> None:
    assert asked(house, with_claims(house, roles=["guest"]))[:2] == (403, "role_missing")
    assert asked(house, with_claims(house, roles=[]))[:2] == (403, "role_missing")


def test_a_role_named_like_the_mark_for_anyone_opens_nothing(house: Any) -> None:
    assert asked(house, with_claims(house, roles=[ANYONE]))[:2] == (403, "role_missing")


def test_whether_the_caller_may_is_asked_before_his_body_is_read(house: Any) -> None:
    answer = house.as_("li", "reader").post("/v1/notes", data=b"{", headers={})
    assert answer.json["code"] == "role_missing"


def test_every_route_but_health_and_documents_needs_a_token(house: Any) -> None:
    client = house.app.test_client()
    answered = {}
    for rule in house.app.url_map.iter_rules():
        path = rule.rule.replace("<uuid:note_id>", "0190b8a0-0000-7000-8000-000000000001")
        for method in rule.methods - {"HEAD"}:
            answered[f"{method} {path}"] = client.open(path, method=method).status_code
    without = sorted(name for name, status in answered.items() if status != 401)
    assert without == [f"GET {path}" for path in OPEN]


def test_an_application_with_a_forgotten_view_is_not_made(house: Any) -> None:
    forgetful = Blueprint("forgetful", __name__)
    forgetful.get("/secrets")(lambda: "everything")
    with house.app.app_context(), pytest.raises(RuntimeError, match="/v1/secrets"):
        create_app("notes", blueprints=[forgetful], kit=kit(), title="Notes")


def test_a_view_that_was_added_later_without_roles_is_open_to_nobody(house: Any) -> None:
    house.app.add_url_rule("/late", view_func=lambda: "late", endpoint="late")
    assert open_to_nobody(house.app) == ["/late"]
    answer = house.app.test_client().get("/late", headers=with_claims(house))
    assert (answer.status_code, answer.json["code"]) == (403, "role_missing")


@pytest.mark.parametrize("roles", [(), (ANYONE, "reader")])
def test_a_view_names_roles_or_anyone_alone(roles: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="roles"):
        allow(*roles)


def test_one_request_does_not_inherit_the_caller_of_the_one_before(house: Any) -> None:
    app: Flask = house.app
    with app.app_context():
        assert asked(house, with_claims(house))[0] == 200
        assert asked(house, {})[1] == "token_missing"


def test_a_token_is_not_repeated_in_an_answer(house: Any) -> None:
    header = with_claims(house, roles=["guest"])
    answer = house.app.test_client().get("/v1/notes", headers=header)
    assert header["Authorization"].split(".")[1] not in json.dumps(answer.json)
