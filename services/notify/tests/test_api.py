"""The ledger and the templates over HTTP: what is shown to whom, hidden, and kept."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from notify.api import access
from notify.domain.template_words import TEMPLATES
from shared.tables import audit
from shared.testing import CONTRACTS, examples

from .conftest import COMPLAINT, HANDLER, MANAGER, MONDAY

LISTED = examples("customer.blacklisted.v1")[1]
NEW = {
    "code": "birthday_greeting",
    "language": "en",
    "title": "Hello {name}",
    "body": "Dear {name}, well done.",
}


@pytest.fixture
def told(office):
    """Two persons were told of a complaint of shop-01; one is not known yet."""
    office.person(HANDLER)
    office.assigned(HANDLER, MANAGER, level=2)
    office.send()
    return {one.person_id: one for one in office.ledger()}


def listed(caller, **query):
    answer = caller.get("/v1/messages", query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json["items"]


def test_the_list_shows_what_became_of_a_message_and_by_which_clause(as_, told):
    (shown,) = listed(as_("auditor"), person=str(HANDLER))

    assert ("complaint_assigned", f"complaint/{COMPLAINT}") == (shown["reason"], shown["subject"])
    assert ("sent", "log", None) == (shown["state"], shown["channel"], shown["state_reason"])
    assert ("CP-19", "notices") == (shown["because"]["rule"], shown["because"]["pack"])
    assert ("complaint_assigned", 0, "zh-CN") == (
        shown["template"],
        shown["template_version"],
        shown["language"],
    )


def test_words_are_hidden_in_lists_and_single_views(as_, told):
    answers = [
        as_("customer_service_team").get("/v1/messages"),
        as_("customer_service_team").get(f"/v1/messages/{told[HANDLER].id}"),
    ]

    assert ("****", "****") == (answers[1].json["title"], answers[1].json["body"])
    assert all("王小明" not in answer.get_data(as_text=True) for answer in answers)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 2),
        ({"person": str(MANAGER)}, 1),
        ({"state": "held"}, 1),
        ({"state": "sent", "person": str(MANAGER)}, 0),
        ({"reason": "complaint_assigned"}, 2),
        ({"reason": "visit_due"}, 0),
        ({"subject": f"complaint/{COMPLAINT}"}, 2),
        ({"subject": "complaint/1"}, 0),
    ],
)
def test_messages_are_found_by_person_reason_subject_and_state(as_, told, query, count):
    assert count == len(listed(as_("auditor"), **query))


def test_pages_follow_each_other_newest_first(as_, told):
    first = as_("auditor").get("/v1/messages?limit=1").json
    second = as_("auditor").get(f"/v1/messages?limit=1&cursor={first['next_cursor']}").json

    ids = [page["items"][0]["message_id"] for page in (first, second)]
    assert sorted((str(one.id) for one in told.values()), reverse=True) == ids
    assert second["next_cursor"] is None


def test_a_unit_sees_its_own_messages_and_those_below_it_alone(as_, told):
    message = told[HANDLER].id
    foreign = as_("auditor", unit="shop-03")
    refused = [
        foreign.get(f"/v1/messages/{message}"),
        foreign.get(f"/v1/messages/{message}/timeline"),
        as_("department_head", unit="shop-03").post(
            f"/v1/messages/{message}/reveals", {"reason": "curious"}
        ),
        as_("auditor").get("/v1/messages/0199c000-0000-7000-8000-000000000001"),
    ]

    assert 2 == len(listed(as_("auditor", unit="region-north")))
    assert [] == listed(foreign)
    assert [(404, "not_found")] * 4 == [(one.status_code, one.json["code"]) for one in refused]


def test_words_are_revealed_for_a_reason_that_the_audit_log_keeps(as_, told, office):
    message = told[HANDLER].id
    answer = as_("department_head").post(
        f"/v1/messages/{message}/reveals", {"reason": "the handler asked"}
    )

    with office.sessions() as session:
        (kept,) = session.execute(select(audit)).all()
    assert 200 == answer.status_code
    assert "王小明" in answer.json["body"]
    assert ("message.revealed", f"message/{message}", {"reason": "the handler asked"}) == (
        kept.action,
        kept.subject,
        kept.detail,
    )


@pytest.mark.parametrize("role", ["auditor", "customer_service_team", "notification_administrator"])
def test_words_are_revealed_to_heads_of_departments_alone(as_, told, role):
    answer = as_(role).post(f"/v1/messages/{told[HANDLER].id}/reveals", {"reason": "curious"})

    assert (403, "role_missing") == (answer.status_code, answer.json["code"])


def test_the_timeline_tells_how_a_message_went(as_, told):
    answer = as_("auditor").get(f"/v1/messages/{told[HANDLER].id}/timeline")

    kinds = [item["kind"] for item in answer.json["items"]]
    assert ["message.planned", "message.sending", "message.sent"] == kinds


def test_all_words_in_use_are_listed_with_their_placeholders(as_):
    items = as_("auditor").get("/v1/templates?code=work_order_issued").json["items"]

    assert [("en", 0), ("zh-CN", 0)] == [(one["language"], one["version"]) for one in items]
    assert ["name", "order_no", "reply_due_at"] == items[0]["placeholders"]
    assert 2 * len(TEMPLATES) == len(as_("auditor").get("/v1/templates").json["items"])


def test_a_version_is_added_and_used(as_, office):
    editor = as_("notification_administrator")
    answer = editor.post("/v1/templates", NEW)
    versions = editor.get("/v1/templates/birthday_greeting/en").json["items"]

    assert (201, 1) == (answer.status_code, answer.json["version"])
    assert [0, 1] == [one["version"] for one in versions]
    with office.sessions() as session:
        assert ["template.added"] == list(session.scalars(select(audit.c.action)))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"body": "{level}"}, "body"),
        ({"body": "{name.__class__}"}, "body"),
        ({"title": "a\r\nb"}, "title"),
        ({"code": "no_such_kind"}, "code"),
        ({"language": "x"}, "language"),
        ({"version": 7}, "version"),
    ],
)
def test_words_that_cannot_be_used_are_refused_with_the_field(as_, change, field):
    answer = as_("notification_administrator").post("/v1/templates", {**NEW, **change})

    assert 422 == answer.status_code
    assert field in str(answer.json["errors"])


def test_words_that_may_not_be_said_are_refused_with_rule_and_field(as_):
    asked = {**NEW, "body": "这个不关我的事"}
    answer = as_("notification_administrator").post("/v1/templates", asked)

    assert (422, "phrase_banned") == (answer.status_code, answer.json["code"])
    assert {"body": ["SC-21: 不关我的事"]} == answer.json["errors"]
    assert "SC-21" == answer.json["because"]["rule"]


def test_a_preview_keeps_nothing(as_, office):
    asked = {name: NEW[name] for name in ("code", "title", "body")}
    answer = as_("notification_administrator").post("/v1/templates/previews", asked)

    shown = answer.json
    assert ("Hello 王小明", "Dear 王小明, well done.") == (shown["title"], shown["body"])
    versions = as_("auditor").get("/v1/templates/birthday_greeting/en").json["items"]
    assert [0] == [one["version"] for one in versions]


@pytest.mark.rule("CM-04")
@pytest.mark.parametrize(
    ("body", "characters", "segments", "fits"),
    [("中" * 60, 70, 1, True), ("中" * 325, 335, 5, True), ("中" * 326, 336, 6, False)],
    ids=["one", "most", "more"],
)
def test_a_preview_says_how_long_the_words_are_as_a_short_message(
    as_, body, characters, segments, fits
):
    asked = {"code": "birthday_greeting", "title": "t", "body": body}
    shown = as_("notification_administrator").post("/v1/templates/previews", asked).json

    assert shown["sms"] == {
        "alphabet": "ucs2",
        "characters": characters,
        "segments": segments,
        "most": 5,
        "fits": fits,
    }


@pytest.mark.parametrize("path", ["/v1/templates", "/v1/templates/previews"])
def test_a_word_that_the_event_does_not_supply_is_named_with_those_that_it_does(as_, path):
    asked = {**NEW, "code": "visit_due", "title": "{level}", "body": "{due_on} {amount}"}
    if path.endswith("previews"):
        del asked["language"]
    answer = as_("notification_administrator").post(path, asked)

    assert (422, "placeholder_unknown") == (answer.status_code, answer.json["code"])
    assert ["amount", "level"] == answer.json["placeholders"]
    assert ["customer_id", "due_on", "name"] == answer.json["offered"]
    assert {"title", "body"} == answer.json["errors"].keys()


def test_words_in_a_language_that_nobody_wrote_are_not_found(as_):
    assert 404 == as_("auditor").get("/v1/templates/birthday_greeting/fr").status_code


def test_only_the_administrator_of_notifications_changes_words(as_):
    for path in ("/v1/templates", "/v1/templates/previews"):
        assert 403 == as_("auditor", "department_head").post(path, NEW).status_code


@pytest.mark.rule("AD-21")
def test_everybody_of_the_company_reads_whom_it_bars_and_no_customer_does(as_, office):
    for number, scope in enumerate(("company", "department", "company"), start=1):
        told = {"entry_id": str(UUID(int=number)), "scope": scope}
        told["unit"] = "region-north" if scope == "department" else None
        at = (MONDAY + timedelta(hours=number)).isoformat()
        office.receive("customer.blacklisted.v1", {**LISTED, **told}, time=at)
    older, newer = (str(UUID(int=number)) for number in (1, 3))

    first = as_("repair_worker", unit="shop-03").get("/v1/bulletins?limit=1").json
    rest = as_("auditor").get(f"/v1/bulletins?limit=1&cursor={first['next_cursor']}").json
    assert [newer, older] == [page["items"][0]["entry_id"] for page in (first, rest)]
    assert rest["next_cursor"] is None
    assert rest["items"][0] == {
        "entry_id": older,
        "customer_id": LISTED["customer_id"],
        "customer_number": "C-000123",
        "scope": "company",
        "since": "2026-03-02T03:00:00+00:00",
        "valid_until": None,
    }
    assert 403 == as_("customer_portal").get("/v1/bulletins").status_code

    office.receive("customer.blacklist_lifted.v1", {**LISTED, "entry_id": newer}, sequence=2)
    items = as_("auditor").get("/v1/bulletins").json["items"]
    assert [older] == [one["entry_id"] for one in items]


def test_the_packs_say_why_somebody_is_told(as_):
    answer = as_("auditor").get(
        "/v1/units/shop-01/policies/greetings?on=2026-03-10&fact=occasion:birthday"
    )

    assert 200 == answer.status_code, answer.json
    assert "CM-01" in answer.get_data(as_text=True)


def test_every_role_is_one_that_tokens_may_carry():
    known = json.loads((CONTRACTS.parent / "roles.json").read_text())["roles"]
    named = {
        role
        for roles in (
            access.TEMPLATE_READERS,
            access.REVEALERS,
            access.TEMPLATE_EDITORS,
            access.POLICY_EDITORS,
        )
        for role in roles
    }

    assert named <= known.keys()
    assert known.keys() - {"customer_portal"} == set(access.STAFF)


def test_a_message_is_withdrawn_once_and_the_audit_log_keeps_why(as_, told, office):
    message, team = told[MANAGER].id, as_("customer_service_team")
    path, reason = f"/v1/messages/{message}/withdrawals", {"reason": "it was settled"}
    answer = team.post(path, reason, key="once")
    repeated = team.post(path, reason, key="once")
    again = team.post(path, reason)

    assert ("cancelled", "withdrawn") == (answer.json["state"], answer.json["state_reason"])
    assert (200, answer.json) == (repeated.status_code, repeated.json)
    assert (409, "wrong_state", []) == (
        again.status_code,
        again.json["code"],
        again.json["allowed"],
    )
    with office.sessions() as session:
        rows = session.execute(select(audit)).all()
    assert [("message.withdrawn", f"message/{message}", {"reason": "it was settled"})] == [
        (row.action, row.subject, row.detail) for row in rows
    ]


@pytest.mark.parametrize("unit", ["shop-01", "shop-03"])
def test_what_was_sent_or_is_of_another_unit_is_not_withdrawn(as_, told, unit):
    answer = as_("department_head", unit=unit).post(
        f"/v1/messages/{told[HANDLER].id}/withdrawals", {"reason": "too late"}
    )

    expected = {"shop-01": (409, "wrong_state"), "shop-03": (404, "not_found")}[unit]
    assert expected == (answer.status_code, answer.json["code"])
