"""The staff directory over HTTP."""

import pytest
from sqlalchemy import select

from shared.tables import audit, idempotency_keys

ADDRESSES = [
    {"channel": "smtp", "address": "zhaoliu@example.com"},
    {"channel": "sms", "address": "13800001234"},
    {"channel": "webhook", "address": "https://hooks.example.com/send?key=secret"},
    {"channel": "log", "address": "zhaoliu"},
    {"channel": "feishu", "address": "https://open.feishu.cn/hook/key#secret"},
]
MASKED = [
    "z****@example.com",
    "+86138****1234",
    "https://hooks.example.com/****",
    "z***",
    "https://open.feishu.cn/****",
]
NEW = {
    "name": "Zhao Liu",
    "language": "zh-CN",
    "zone": "Asia/Shanghai",
    "posts": [{"unit": "shop-01", "role": "engineer"}],
    "addresses": ADDRESSES,
}


@pytest.fixture
def person(send, cast):
    return send(cast.hr, "POST", "/v1/people", NEW)


def test_a_new_person_is_shown_with_masked_addresses(send, cast, person):
    shown = send(cast.hr, "GET", f"/v1/people/{person.json['person_id']}")

    assert person.status_code == 201
    assert shown.json == person.json
    assert [one["address"] for one in shown.json["addresses"]] == MASKED
    assert shown.json["posts"] == NEW["posts"]


def test_addresses_are_revealed_for_a_reason(send, cast, person):
    path = f"/v1/people/{person.json['person_id']}/reveals"
    told = send(cast.hr, "POST", path, {"reason": "The pager is broken"})
    silent = send(cast.hr, "POST", path, {})

    assert [one["address"] for one in told.json["addresses"]] == [
        "zhaoliu@example.com",
        "+8613800001234",
        "https://hooks.example.com/send?key=secret",
        "zhaoliu",
        "https://open.feishu.cn/hook/key#secret",
    ]
    assert silent.status_code == 422


def test_only_those_who_may_reveal_do(send, cast, person):
    path = f"/v1/people/{person.json['person_id']}/reveals"
    answer = send(cast.dispatcher, "POST", path, {"reason": "Curious"})

    assert (answer.status_code, answer.json["code"]) == (403, "role_missing")


def test_a_person_changes_by_version(send, cast, person):
    path = f"/v1/people/{person.json['person_id']}"
    posts = [{"unit": "shop-03", "role": "engineer"}]
    changed = send(cast.hr, "PATCH", path, {"posts": posts, "active": False}, if_match='"1"')
    late = send(cast.hr, "PATCH", path, {"name": "Z"}, if_match='"1"')

    assert (changed.json["posts"], changed.json["active"]) == (posts, False)
    assert changed.headers["ETag"] == '"2"'
    assert late.status_code == 412


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("person_id", "me"),
        ("posts", []),
        ("posts", [{"unit": "shop-01", "role": "magician"}]),
        ("posts", [{"unit": "shop-01", "role": "engineer", "grade": 9}]),
        ("posts", NEW["posts"] * 2),
        ("zone", "Mars/Olympus"),
        ("language", "Chinese!"),
        ("addresses", [{"channel": "pigeon", "address": "x"}]),
        ("version", 7),
        ("active", False),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(send, cast, field, value):
    answer = send(cast.hr, "POST", "/v1/people", {**NEW, field: value})

    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    assert field in str(answer.json["errors"])


def test_lists_hold_only_those_with_a_post_in_the_callers_units(send, cast, person):
    north = cast.asker(70, "region-north", "auditor")
    found = send(north, "GET", "/v1/people").json["items"]
    engineers = send(cast.hr, "GET", "/v1/people?role=engineer&unit=shop-01").json["items"]
    gone = send(cast.hr, "GET", "/v1/people?active=false").json["items"]

    assert [cast.worker.id, person.json["person_id"]] == [one["person_id"] for one in found]
    assert [person.json["person_id"]] == [one["person_id"] for one in engineers]
    assert [] == gone


def test_a_person_of_another_department_is_answered_as_a_missing_one(send, cast, person):
    south = cast.asker(70, "region-south", "hr_administrator")
    path = f"/v1/people/{person.json['person_id']}"
    answers = [
        send(south, "GET", path),
        send(south, "PATCH", path, {"name": "X"}, if_match='"1"'),
        send(south, "POST", f"{path}/reveals", {"reason": "Because I can"}),
    ]

    assert [404] * 3 == [answer.status_code for answer in answers]


def test_a_reveal_is_not_kept_for_repetitions_and_is_audited_each_time(send, cast, person, app):
    path = f"/v1/people/{person.json['person_id']}/reveals"
    why = {"reason": "The pager is broken"}
    first, second = (send(cast.hr, "POST", path, why, idempotency_key="same") for _ in range(2))

    assert [200, 200] == [first.status_code, second.status_code]
    assert "Idempotency-Replayed" not in second.headers
    with app.extensions["huiyin"].sessions() as session:
        kept = session.scalars(select(idempotency_keys.c.body)).all()
        seen = session.scalars(select(audit).where(audit.c.action == "person.revealed")).all()
    assert [] == [body for body in kept if "13800001234" in body]
    assert 2 == len(seen)
