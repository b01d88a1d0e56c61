"""Subscriptions over HTTP: who may, what is shown, what is refused."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from notify.adapters.subscriptions.tables import subscriptions
from notify.api import access
from shared.ids import new_id
from shared.tables import idempotency_keys

from .conftest import HANDLER, MANAGER
from .partners import OTHER_SECRET, REFUSED, SECRET, TYPE, Partners

EDITOR = "notification_administrator"
PATH = "/v1/subscriptions"
ASKED = {
    "url": "https://example.com/hook",
    "event_types": [TYPE],
    "org_unit": "region-north",
    "description": "ERP",
    "owner_id": str(HANDLER),
}


@pytest.fixture
def partners(office):
    office.person(HANDLER)
    return Partners(office)


@pytest.fixture
def editor(partners, as_):
    return as_(EDITOR)


@pytest.fixture
def made(editor):
    answer = editor.post(PATH, ASKED)
    assert answer.status_code == 201, answer.json
    return answer.json


def at(made, *rest):
    return "/".join((PATH, made["subscription_id"], *rest))


def test_a_secret_is_made_and_shown_once(editor, as_, made):
    assert made["secret"].startswith("whsec_")
    shown = [editor.get(at(made)), as_("auditor").get(PATH)]

    assert [200, 200] == [answer.status_code for answer in shown]
    assert all("secret" not in answer.text for answer in shown)
    assert made["secret"] not in shown[0].text
    assert ("enabled", None, "region-north") == (
        made["state"],
        made["state_reason"],
        made["org_unit"],
    )


def test_a_registration_that_is_sent_again_makes_no_second_one(editor, made, partners):
    answer = editor.post(PATH, ASKED)

    assert (409, "subscription_exists") == (answer.status_code, answer.json["code"])
    assert 1 == partners.count(subscriptions)


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"url": "https://192.168.1.1/"}, 422, "url_refused"),
        ({"url": "http://example.com/"}, 422, "url_refused"),
        ({"event_types": ["complaint.never.v1"]}, 422, "event_type_unknown"),
        ({"event_types": ["customer.contact_changed.v1"]}, 422, "event_type_unknown"),
        ({"event_types": []}, 422, "invalid"),
        ({"event_types": [TYPE, TYPE]}, 422, "invalid"),
        ({"org_unit": "shop-99"}, 422, "unit_unknown"),
        ({"owner_id": str(MANAGER)}, 422, "owner_unknown"),
        ({"secret": "whsec_c2hvcnQ="}, 422, "invalid"),
        ({"description": ""}, 422, "invalid"),
        ({"state": "disabled"}, 422, "invalid"),
    ],
)
def test_bad_input_has_a_clear_answer_and_changes_nothing(editor, partners, asked, status, code):
    answer = editor.post(PATH, {**ASKED, **asked})

    assert (status, code) == (answer.status_code, answer.json["code"]), answer.json
    assert 0 == partners.count(subscriptions)


def test_a_unit_beside_ones_own_is_none(as_, made):
    south = as_(EDITOR, unit="region-south")

    assert 422 == south.post(PATH, ASKED).status_code
    assert 404 == south.get(at(made)).status_code
    assert 404 == south.post(at(made, "removals"), {}).status_code
    assert [] == south.get(PATH).json["items"]


def test_only_administrators_change_and_auditors_read(as_, made):
    assert (("auditor", EDITOR), (EDITOR,)) == (
        access.SUBSCRIPTION_READERS,
        access.SUBSCRIPTION_EDITORS,
    )
    assert 403 == as_("department_head").get(PATH).status_code
    assert 403 == as_("auditor").post(at(made, "disablings"), {}).status_code


def test_a_change_asks_for_the_version_that_was_seen(editor, made):
    changed = editor.patch(at(made), {"ordered": True}, version=1)
    stale = editor.patch(at(made), {"ordered": False}, version=1)
    nothing = editor.patch(at(made), {}, version=2)
    refused = editor.patch(at(made), {"url": "https://127.0.0.1/"}, version=2)

    assert (200, True, 2) == (changed.status_code, changed.json["ordered"], changed.json["version"])
    assert [412, 422, 422] == [one.status_code for one in (stale, nothing, refused)]
    assert changed.json == editor.get(at(made)).json


def test_rotation_shows_the_secret_that_holds_now(editor, made, partners):
    given = editor.post(at(made, "rotations"), {"secret": OTHER_SECRET}).json
    fresh = editor.post(at(made, "rotations"), {}).json

    assert OTHER_SECRET == given["secret"]
    assert fresh["secret"] not in (OTHER_SECRET, made["secret"])
    keys = partners.endpoint(UUID(made["subscription_id"])).keys(partners.office.clock.at)
    assert (fresh["secret"], OTHER_SECRET, made["secret"]) == keys


def test_disabled_and_enabled_again(editor, made):
    disabled = editor.post(at(made, "disablings"), {}).json
    again = editor.post(at(made, "disablings"), {})
    tested = editor.post(at(made, "tests"), {})
    enabled = editor.post(at(made, "enablings"), {}).json

    assert ("disabled", "by_hand") == (disabled["state"], disabled["state_reason"])
    assert [(409, "wrong_state")] * 2 == [(a.status_code, a.json["code"]) for a in (again, tested)]
    assert ("enabled", None) == (enabled["state"], enabled["state_reason"])


def test_deliveries_are_shown_with_their_tries(editor, as_, made, partners):
    first, second = partners.happens(2)
    call = next(one for one in partners.claims() if one.event_id == first)
    partners.answers(call, REFUSED)
    listed = as_("auditor").get(at(made, "deliveries")).json["items"]
    waiting = editor.get(at(made, "deliveries"), query_string={"state": "waiting"}).json["items"]
    one = editor.get(at(made, "deliveries", str(first))).json

    assert [str(second), str(first)] == [one["event_id"] for one in listed]
    assert {str(first), str(second)} == {one["event_id"] for one in waiting}
    assert ("waiting", 1, 500, "webhook_500") == (
        one["state"],
        one["attempts"],
        one["status"],
        one["reason"],
    )
    (tried,) = one["tries"]
    assert (1, 500, "webhook_500", 10) == (
        tried["number"],
        tried["status"],
        tried["reason"],
        tried["duration_ms"],
    )
    assert 404 == editor.get(at(made, "deliveries", str(new_id()))).status_code


def test_events_are_delivered_again_by_command(editor, made, partners):
    (event,) = partners.happens()
    early = editor.post(at(made, "deliveries", str(event), "redeliveries"), {})
    partners.all_take()
    again = editor.post(at(made, "deliveries", str(event), "redeliveries"), {})
    since = (partners.office.clock.at - timedelta(hours=1)).isoformat()
    none_failed = editor.post(at(made, "redeliveries"), {"since": since})

    assert (409, "wrong_state") == (early.status_code, early.json["code"])
    assert (200, "waiting") == (again.status_code, again.json["state"])
    assert {"redelivered": 0} == none_failed.json
    assert [event] == partners.all_take()


def test_a_test_can_be_followed(editor, made, partners):
    tested = editor.post(at(made, "tests"), {})
    (event,) = partners.all_take()

    assert (201, "notify.webhook_tested.v1") == (tested.status_code, tested.json["type"])
    assert str(event) == tested.json["event_id"]


def test_what_was_removed_is_gone(editor, made):
    removed = editor.post(at(made, "removals"), {})

    assert {"subscription_id": made["subscription_id"]} == removed.json
    assert 404 == editor.get(at(made)).status_code


def test_the_event_types_that_one_may_have_are_listed(as_):
    shown = as_("auditor").get(f"{PATH}/event-types").json["items"]

    types = {one["type"] for one in shown}
    assert TYPE in types
    assert "customer.contact_changed.v1" not in types
    assert all(one["title"] for one in shown)


def test_no_answer_that_is_kept_for_repetitions_holds_a_secret(editor, made, partners):
    editor.post(at(made, "rotations"), {"secret": SECRET}, key="again")
    with partners.office.sessions() as session:
        kept = repr(session.execute(select(idempotency_keys)).all())
    assert made["secret"] not in kept
    assert json.dumps(SECRET) not in kept
