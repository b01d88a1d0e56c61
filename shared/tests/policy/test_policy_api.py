"""Packs over HTTP, through the whole kit: tokens, roles, units, versions, problems."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc import jws
from joserfc.jwk import KeySet, OKPKey
from werkzeug.test import TestResponse

from shared.clock import SimulatedClock
from shared.ids import new_id
from shared.policy.api import policy_blueprint
from shared.web.app import Kit, create_app
from shared.web.tokens import REGISTRY, Verifier

ISSUER = "https://issuer.test"
FAR = 4_000_000_000  # seconds since 1970
Make = Callable[..., dict[str, Any]]


class Api:
    """The service's HTTP interface as one person of one unit sees it."""

    def __init__(self, client: FlaskClient, key: OKPKey, made: Any) -> None:
        self.client, self.key, self.made = client, key, made
        self.role, self.unit = "auditor", "hq"

    def becomes(self, role: str, unit: str = "hq") -> "Api":
        self.role, self.unit = role, unit
        return self

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.client.get(path, query_string=query, headers=self._headers())

    def post(self, path: str, body: Any) -> TestResponse:
        headers = {**self._headers(), "Idempotency-Key": str(new_id())}
        return self.client.post(path, json=body, headers=headers)

    def put(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self.client.put(path, json=body, headers={**self._headers(), **headers})

    def _headers(self) -> dict[str, str]:
        claims = {"sub": "u-7", "roles": [self.role], "org_unit": self.unit}
        claims |= {"iss": ISSUER, "aud": "complaint", "exp": FAR}
        header = {"alg": "EdDSA", "typ": "JWT", "kid": "k"}
        token = jws.serialize_compact(
            header, json.dumps(claims), self.key, ["EdDSA"], registry=REGISTRY
        )
        return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def api(service: Any, make_contact: Make, tmp_path: Path, now: Any) -> Iterator[Api]:
    made = service(make_contact("p", 24, merge="replace"), make_contact("q", 8), default=("p",))
    key = OKPKey.generate_key("Ed25519", parameters={"kid": "k", "use": "sig", "alg": "EdDSA"})
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps(KeySet([key]).as_dict(private=False)))
    kit = Kit(
        service="complaint",
        sessions=made.sessions,
        begin=made.begin_of_kit,
        clock=SimulatedClock(tmp_path / "clock.json", now),
        verifier=Verifier.from_jwks(jwks, audience="complaint", issuer=ISSUER),
        outbox_age=lambda: 0,
        migrated=lambda _session: True,
    )
    blueprint = policy_blueprint(made.rulebook, readers=["auditor"], editors=["policy_officer"])
    app = create_app("complaint", blueprints=[blueprint], kit=kit, title="Test")
    with app.test_client() as client:
        yield Api(client, key, made)


def test_the_packs_are_listed_with_their_versions(api: Api, make_contact: Make) -> None:
    new = make_contact("p", 4, version="2")
    assert 201 == api.becomes("policy_officer").post("/v1/policies", new).status_code
    assert {
        "items": [
            {"pack": "p", "version": "1", "effective_from": "2026-01-01", "built_in": True},
            {"pack": "p", "version": "2", "effective_from": "2026-01-01", "built_in": False},
            {"pack": "q", "version": "1", "effective_from": "2026-01-01", "built_in": True},
        ],
        "next_cursor": None,
    } == api.becomes("auditor").get("/v1/policies").json


def test_a_pack_is_shown_whole(api: Api, make_contact: Make) -> None:
    answer = api.get("/v1/policies/q/1")
    assert 200 == answer.status_code
    assert make_contact("q", 8) == answer.json["document"]


def test_an_added_pack_is_shown_whole_and_decides(api: Api, make_contact: Make) -> None:
    new = make_contact("p", 4, version="2")
    answer = api.becomes("policy_officer").post("/v1/policies", new)
    assert (201, new) == (answer.status_code, answer.json["document"])
    assert new == api.get("/v1/policies/p/2").json["document"]
    decided = api.get("/v1/units/shop-01/policies/first_contact", on="2026-03-02").json
    assert [
        {
            "value": {"within": 4, "unit": "hour"},
            "because": {"pack": "p", "version": "2", "clause": "4h", "rule": "CP-17"},
        }
    ] == decided["items"]


def test_a_broken_pack_is_answered_with_the_paths_of_its_faults(
    api: Api, make_contact: Make
) -> None:
    answer = api.becomes("policy_officer").post(
        "/v1/policies", make_contact("p", 8, 0, version="2")
    )
    path = "sections.first_contact.rules.1.value.within"
    assert (422, "pack_invalid", path) == (
        answer.status_code,
        answer.json["code"],
        answer.json["path"],
    )
    assert [path] == list(answer.json["errors"])


def test_a_version_that_is_there_is_refused(api: Api, make_contact: Make) -> None:
    answer = api.becomes("policy_officer").post("/v1/policies", make_contact("p", 4))
    assert (409, "pack_version_exists") == (answer.status_code, answer.json["code"])


def test_a_pack_must_be_an_object(api: Api) -> None:
    assert 422 == api.becomes("policy_officer").post("/v1/policies", ["p"]).status_code


def test_a_reader_changes_nothing(api: Api, make_contact: Make) -> None:
    body = {"packs": ["q"], "effective_from": "2026-02-01"}
    answers = [
        api.post("/v1/policies", make_contact("p", 4, version="2")),
        api.put("/v1/units/hq/policies", body, **{"If-None-Match": "*"}),
    ]
    assert [(403, "role_missing")] * 2 == [(one.status_code, one.json["code"]) for one in answers]


def test_a_unit_is_told_what_to_follow(api: Api) -> None:
    api.becomes("policy_officer")
    body = {"packs": ["q", "p"], "effective_from": "2026-02-01"}
    answer = api.put("/v1/units/region-north/policies", body, **{"If-None-Match": "*"})
    told = {"packs": ["q", "p"], "effective_from": "2026-02-01", "created_by": "u-7"}
    assert 200 == answer.status_code
    assert [told] == [
        {name: said for name, said in one.items() if name != "created_at"}
        for one in answer.json["items"]
    ]
    shown = api.get("/v1/units/region-north/policies")
    assert (answer.json, answer.headers["ETag"]) == (shown.json, shown.headers["ETag"])
    decided = api.get("/v1/units/shop-01/policies/first_contact", on="2026-03-02").json["items"]
    assert ["q", "p"] == [one["because"]["pack"] for one in decided]


def test_a_change_upon_an_old_version_is_refused(api: Api) -> None:
    api.becomes("policy_officer")
    path, body = "/v1/units/hq/policies", {"packs": ["q"], "effective_from": "2026-02-01"}
    assert (428, "if_match_missing") == code(api.put(path, body))
    first = api.put(path, body, **{"If-None-Match": "*"})
    assert (412, "version_stale") == code(api.put(path, body, **{"If-None-Match": "*"}))
    later = {"packs": ["p"], "effective_from": "2026-02-01"}
    seen = first.headers["ETag"]
    assert 200 == api.put(path, later, **{"If-Match": seen}).status_code
    assert (412, "version_stale") == code(api.put(path, body, **{"If-Match": seen}))
    assert [["p"]] == [one["packs"] for one in api.get(path).json["items"]]


def code(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.json["code"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"packs": ["nowhere"], "effective_from": "2026-02-01"}, "pack_unknown"),
        ({"packs": ["p"], "effective_from": "2025-02-01"}, "pack_unknown"),
        ({"packs": ["p", "p"], "effective_from": "2026-02-01"}, "invalid"),
        ({"packs": [""], "effective_from": "2026-02-01"}, "invalid"),
        ({"packs": ["p"]}, "invalid"),
        ({"packs": ["p"], "effective_from": "2026-02-01", "unit": "hq"}, "invalid"),
    ],
)
def test_an_activation_that_makes_no_sense_is_refused(
    api: Api, body: dict[str, Any], said: str
) -> None:
    answer = api.becomes("policy_officer").put(
        "/v1/units/hq/policies", body, **{"If-None-Match": "*"}
    )
    assert (422, said) == code(answer)
    assert [] == api.get("/v1/units/hq/policies").json["items"]


def test_a_unit_of_others_looks_like_one_that_does_not_exist(api: Api) -> None:
    body = {"packs": ["q"], "effective_from": "2026-02-01"}
    api.becomes("policy_officer", "region-north")
    for unit in ("shop-03", "hq", "shop-99"):
        path = f"/v1/units/{unit}/policies"
        answers = [
            api.get(path),
            api.get(f"{path}/first_contact", on="2026-03-02"),
            api.put(path, body, **{"If-None-Match": "*"}),
        ]
        assert [(404, "not_found")] * 3 == [code(one) for one in answers]
    assert 200 == api.get("/v1/units/shop-01/policies").status_code


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/v1/policies/p/9", {}, 404),
        ("/v1/policies/nowhere/1", {}, 404),
        ("/v1/units/hq/policies/refunds", {"on": "2026-03-02"}, 404),
        ("/v1/units/hq/policies/first_contact", {}, 422),
        ("/v1/units/hq/policies/first_contact", {"on": "2026-13-02"}, 422),
        ("/v1/units/hq/policies/first_contact", {"on": "2026-03-02", "level": "1"}, 422),
        ("/v1/units/hq/policies/first_contact", {"on": "2026-03-02", "fact": "level"}, 422),
        ("/v1/units/hq/policies/first_contact", {"on": "2026-03-02", "fact": "levle:1"}, 422),
        ("/v1/units/hq/policies/bands", {"on": "2026-03-02", "fact": "unit:hq"}, 422),
        ("/v1/units/hq/policies/bands", {"on": "2026-03-02", "fact": "self:1"}, 200),
    ],
)
def test_a_question_that_cannot_be_answered_says_so(
    api: Api, path: str, query: dict[str, str], status: int
) -> None:
    assert status == api.get(path, **query).status_code


def test_the_facts_of_a_question_decide(api: Api, make: Make, make_rule: Make) -> None:
    rules = [
        make_rule({"within": 1, "unit": "hour"}, level=[2, 3], customer_class="a:b"),
        make_rule({"within": 9, "unit": "hour"}),
    ]
    new = make("p", "2", first_contact=("replace", rules))
    assert 201 == api.becomes("policy_officer").post("/v1/policies", new).status_code

    def within(*facts: str) -> list[int]:
        path = "/v1/units/hq/policies/first_contact"
        items = api.get(path, on="2026-03-02", fact=list(facts)).json["items"]
        return [one["value"]["within"] for one in items]

    assert [9] == within()
    assert [9] == within("level:2")
    assert [1, 9] == within("level:2", "customer_class:a:b")
    assert [1, 9] == within("level:7", "level:3", "customer_class:a:b")
