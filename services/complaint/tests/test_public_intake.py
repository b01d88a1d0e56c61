"""Customers complain by themselves, without a token (CP-01, CP-16, PT-20)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from complaint.adapters.tables import call_buckets, cases, trackings
from complaint.api.policies import SECTIONS
from shared.call_limits import BUCKETS
from shared.ids import new_id
from shared.policy import PackFault, parse
from shared.tables import idempotency_keys

from .public_desk import MATTER, TRACKING, Stranger


@pytest.fixture
def stranger(app):
    return Stranger(app)


def counted(sessions, table=cases):
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table))


@pytest.mark.rule("CP-01", "CP-16", "PT-20")
def test_a_complaint_of_the_customer_himself_is_one_like_any_other(stranger, as_, desk):
    filed = stranger.file(place="shop-01", product_code="L-17")
    assert filed.status_code == 201
    assert (filed.json["kind"], filed.json["status"]) == ("complaint", "received")

    (seen,) = as_("assistant-north").get("/v1/complaints").json["items"]
    whole = as_("assistant-north").get(f"/v1/complaints/{seen['id']}").json
    assert (seen["channel"], seen["state"], seen["level"]) == ("network_platform", "received", 1)
    assert seen["handler_id"] == str(desk.people["assistant-north"])
    assert whole["filed_by"] is None
    assert (whole["complainant_name"], whole["complainant_phone"]) == ("李*", "138****5678")
    details = whole["forms"][0]["details"]
    assert (details["reason"], details["product_code"]) == ("a seam is open", "L-17")


@pytest.mark.rule("CP-01")
def test_the_first_contact_counts_from_when_the_customer_said_it(stranger, desk):
    filed = stranger.file()
    due = filed.json["next"]
    with desk.open() as tx:
        clock = tx.trackings.get(filed.json["tracking_code"]).timed["first_contact"]
    assert clock.events[0].at == desk.now
    assert due == {"step": "first_contact", "due_at": clock.deadline.due_at.isoformat()}


def test_nothing_that_a_stranger_is_told_depends_on_who_is_known(stranger, desk):
    unknown = stranger.file(complainant_phone="13900000000")
    desk.file(complainant_phone=MATTER["complainant_phone"])
    known = stranger.file()

    def told(answer):
        varying = {"tracking_code", "number", "next"}
        return {name: value for name, value in answer.json.items() if name not in varying}

    assert (unknown.status_code, told(unknown)) == (known.status_code, told(known))


@pytest.mark.rule("CP-62")
def test_a_second_complaint_about_the_same_event_is_found_all_the_same(stranger, desk, as_, clock):
    first = desk.file(complainant_phone=MATTER["complainant_phone"])
    clock.at += timedelta(days=1)
    stranger.file()

    (_, seen) = as_("manager").get("/v1/complaints").json["items"]
    whole = as_("manager").get(f"/v1/complaints/{seen['id']}").json
    assert (whole["repeat_of"], whole["level"]) == (str(first.id), 2)


def test_the_same_request_gets_the_same_code_and_files_once(stranger, sessions):
    key = str(new_id())
    first, second = stranger.file(key=key), stranger.file(key=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json["tracking_code"] == second.json["tracking_code"]
    assert first.json["number"] == second.json["number"]
    assert counted(sessions) == 1


def test_a_key_stands_for_one_filing(stranger, sessions):
    key = str(new_id())
    stranger.file(key=key)
    other = stranger.file(key=key, reason="another matter")
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")
    assert counted(sessions) == 1


def test_a_code_is_long_and_no_two_are_alike(stranger):
    codes = {stranger.file().json["tracking_code"] for _ in range(5)}
    assert len(codes) == 5
    assert {len(code) for code in codes} == {26}  # 16 bytes


def test_a_code_is_kept_nowhere(stranger, sessions):
    key = str(new_id())
    code = stranger.file(key=key).json["tracking_code"]
    with sessions() as session:
        names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        rows = [row for name in names for row in session.execute(text(f'SELECT * FROM "{name}"'))]
        kept = session.execute(select(trackings)).one()
        assert session.execute(select(idempotency_keys)).all() == []
    assert code not in repr(rows)
    assert key not in repr(rows)
    assert (len(kept.code_digest), len(kept.request_index)) == (32, 16)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"org_unit": "shop-99"}, (422, "unit_unknown")),
        ({"complainant": "customer"}, (422, "complainant_not_asked")),
        ({"about": "fraud_accusation"}, (422, "subject_not_allowed")),
        ({"complainant": "franchisee"}, (422, "respondent_missing")),
        ({"reason": None}, (422, "invalid")),
        ({"reason": ""}, (422, "invalid")),
        ({"reason": "x" * 4001}, (422, "invalid")),
        ({"customer_id": str(new_id())}, (422, "invalid")),
        ({"level": 3}, (422, "invalid")),
        ({"channel": "hotline"}, (422, "invalid")),
        ({"received_at": "2020-01-01T00:00:00Z"}, (422, "invalid")),
        ({"occurred_at": "yesterday"}, (422, "invalid")),
        ({"reported_to_12315": True}, (422, "invalid")),
    ],
)
@pytest.mark.rule("CP-06", "CP-07", "CP-08")
def test_what_cannot_be_taken_in_changes_nothing(stranger, sessions, changes, refusal):
    answer = stranger.file(**changes)
    assert (answer.status_code, answer.json["code"]) == refusal
    assert counted(sessions) == 0


@pytest.mark.parametrize(
    ("key", "code"), [("", "idempotency_key_missing"), ("1", "idempotency_key_weak")]
)
def test_a_filing_needs_a_key_that_nobody_else_has(stranger, sessions, key, code):
    answer = stranger.send(
        "POST", "/v1/public/complaints", json=MATTER, headers={"Idempotency-Key": key}
    )
    assert (answer.status_code, answer.json["code"]) == (400, code)
    assert counted(sessions) == 0


def test_a_unit_where_nobody_is_there_says_so_and_names_no_role(stranger, desk, sessions):
    desk.follow("shop-01", "generic")
    answer = stranger.file()
    assert (answer.status_code, answer.json["code"]) == (422, "intake_closed")
    assert set(answer.json) == {"type", "title", "status", "detail", "code", "correlation_id"}
    assert counted(sessions) == 0


def test_a_unit_whose_packs_say_nothing_takes_nothing_from_the_public(stranger, desk, sessions):
    desk.follow("shop-01", "franchise")
    assert stranger.file().json["code"] == "intake_closed"
    assert counted(sessions) == 0


@pytest.mark.rule("CP-01")
def test_an_address_files_ten_complaints_an_hour_and_others_go_on(stranger, app, desk, clock):
    answers = [stranger.file() for _ in range(11)]
    assert [one.status_code for one in answers] == [201] * 10 + [429]
    refused = answers[-1]
    assert refused.json["code"] == "too_many_calls"
    assert refused.headers["Retry-After"] == str(refused.json["retry_after"]) == "361"

    assert Stranger(app, "192.0.2.2").file().status_code == 201
    clock.at += timedelta(seconds=361)
    assert stranger.file().status_code == 201


PACK = {
    "pack": "few",
    "version": "1",
    "title": "Few at a time",
    "issuer": "Company",
    "approver": "General manager",
    "owner": "Customer service team",
    "effective_from": "2026-01-01",
    "history": [
        {
            "version": "1",
            "change": "First version.",
            "by": "Customer service team",
            "approved_by": "General manager",
            "on": "2026-01-01",
        }
    ],
}


def test_a_unit_takes_so_many_an_hour_from_everybody(app, as_, desk):
    few = {
        "kinds": ["complaint"],
        "complainants": ["consumer"],
        "hourly_of_address": 9,
        "hourly_of_unit": 2,
        "hourly_of_case": 9,
    }
    rule = {"rule": "CP-01", "clause": "1", "value": few}
    sections = {"public_intake": {"merge": "replace", "rules": [rule]}}
    added = as_("manager", roles=["policy_administrator"]).post(
        "/v1/policies", {**PACK, "sections": sections}
    )
    assert added.status_code == 201, added.text
    desk.follow("shop-01", "few", "franchise", "generic")

    refused = Stranger(app).file(complainant="franchisee", respondent_person="刘洋")
    assert refused.json["code"] == "complainant_not_asked"
    assert refused.json["because"]["pack"] == "few"
    assert told_of(Stranger(app), "feedback").json["code"] == "intake_closed"
    answers = [Stranger(app, f"192.0.2.{n}").file() for n in range(3)]
    assert [one.status_code for one in answers] == [201, 201, 429]
    assert Stranger(app).file(org_unit="shop-02").status_code == 201


def test_every_call_counts_whatever_comes_of_it(stranger, app, clock):
    answers = [stranger.look("no code").status_code for _ in range(61)]
    assert answers == [404] * 60 + [429]
    assert stranger.file().status_code == 429
    assert Stranger(app, "192.0.2.2").file().status_code == 201
    clock.at += timedelta(seconds=2)
    assert stranger.file().status_code == 201


@pytest.mark.parametrize(
    ("proxies", "said", "others"),
    [
        (0, "198.51.100.7", "198.51.100.8"),
        (1, "203.0.113.9, 198.51.100.7", "203.0.113.10, 198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.1", "203.0.113.10, 198.51.100.7, 10.0.0.1"),
        (1, "2001:db8::1", "2001:db8::2"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "not an address", "neither"),
    ],
    ids=["nobody trusted", "what he claims", "two proxies", "one home", "mapped", "unreadable"],
)
def test_nobody_gets_around_it_by_another_address(app, monkeypatch, proxies, said, others):
    kit = app.extensions["huiyin"]
    monkeypatch.setitem(app.extensions, "huiyin", replace(kit, trusted_proxies=proxies))
    stranger = Stranger(app)
    for _ in range(60):
        stranger.send("GET", TRACKING, headers={"X-Forwarded-For": said})
    refused = stranger.send("GET", TRACKING, headers={"X-Forwarded-For": others})
    assert refused.status_code == 429


def test_whom_a_trusted_proxy_saw_is_counted_by_himself(app, monkeypatch):
    kit = app.extensions["huiyin"]
    monkeypatch.setitem(app.extensions, "huiyin", replace(kit, trusted_proxies=1))
    stranger = Stranger(app)
    for _ in range(60):
        stranger.send("GET", TRACKING, headers={"X-Forwarded-For": "198.51.100.7"})
    other = stranger.send("GET", TRACKING, headers={"X-Forwarded-For": "198.51.100.8"})
    assert other.status_code == 404


def test_what_is_counted_names_nobody_and_stays_bounded(app, sessions):
    for n in range(5):
        Stranger(app, f"192.0.2.{n}").look("no code")
    with sessions() as session:
        rows = session.execute(select(call_buckets)).all()
    assert len(rows) == 5
    assert all(0 <= row.bucket < BUCKETS for row in rows)
    assert "192.0.2" not in repr(rows)


@pytest.mark.parametrize("value", [0, -1, True, "10", 100_001])
def test_a_limit_that_cannot_be_is_refused(value):
    few = {"kinds": ["feedback"], "complainants": ["consumer"]}
    few |= {"hourly_of_unit": 1, "hourly_of_case": 1}
    rule = {"rule": "CP-01", "clause": "1", "value": {**few, "hourly_of_address": value}}
    sections = {"public_intake": {"merge": "replace", "rules": [rule]}}
    with pytest.raises(PackFault, match="hourly_of_address"):
        parse({**PACK, "sections": sections}, SECTIONS)


KINDS = {
    "problems": {"type": "quality", "source": "product_quality"},
    "service-requests": {},
    "feedback": {"topic": "service_attitude"},
}


@pytest.fixture
def served(desk):
    """A shop that follows the packs of every kind."""
    desk.follow("shop-01", "problem", "service", "franchise", "generic")


def told_of(stranger, route, **changes):
    matter = {"org_unit": "shop-01", "matter": "the lamp flickers", **KINDS[route], **changes}
    return stranger.send("POST", f"/v1/public/{route}", json=matter)


@pytest.mark.rule("PT-20")
@pytest.mark.parametrize("route", KINDS)
def test_customers_file_every_kind_of_case_by_themselves(stranger, served, as_, route):
    filed = told_of(stranger, route)
    assert (filed.status_code, filed.json["status"]) == (201, "received"), filed.text
    (case,) = as_("manager").get("/v1/cases").json["items"]
    assert (case["number"], case["kind"]) == (filed.json["number"], filed.json["kind"])
    whole = as_("manager").get(f"/v1/{route}/{case['id']}").json
    assert (whole["filed_by"], whole["matter"]) == (None, "the lamp flickers")
    seen = stranger.look(filed.json["tracking_code"]).json
    assert (seen["number"], seen["next"]["step"]) == (filed.json["number"], "first_contact")


@pytest.mark.parametrize("route", KINDS)
def test_a_unit_without_the_packs_of_a_kind_takes_none_of_it(stranger, sessions, route):
    assert told_of(stranger, route).json["code"] == "intake_closed"
    assert counted(sessions) == 0


@pytest.mark.rule("PT-14")
def test_a_problem_that_a_customer_reports_was_found_by_him(stranger, served, as_):
    told_of(stranger, "problems")
    (case,) = as_("manager").get("/v1/cases").json["items"]
    assert case["level"] == 3


def test_what_has_no_place_for_messages_says_so(stranger, served):
    code = told_of(stranger, "feedback").json["tracking_code"]
    answer = stranger.say(code, "and another thing")
    assert (answer.status_code, answer.json["code"]) == (409, "messages_not_taken")


def test_the_code_follows_what_a_case_turns_out_to_be(stranger, served, as_):
    filed = told_of(stranger, "service-requests").json
    sent = stranger.send(
        "POST",
        f"{TRACKING}/attachments",
        code=filed["tracking_code"],
        data=b"%PDF-1.7\n%%EOF\n",
    )
    assert sent.status_code == 201
    (case,) = as_("manager").get("/v1/cases").json["items"]
    facts = {"type": "quality", "source": "product_quality"}
    turned = {"to": "problem", "reason": "it is broken", "problem": facts}
    made = as_("assistant-north").post(f"/v1/cases/request/{case['id']}/conversions", turned)
    assert made.status_code == 201, made.text
    seen = stranger.look(filed["tracking_code"]).json
    assert (seen["kind"], seen["number"]) == ("problem", made.json["case"]["number"])
    assert len(seen["files"]) == 1


def test_whom_to_write_to_is_kept_and_shown_to_no_stranger(stranger, desk):
    named = {"name": "李华", "email": "lihua@example.com"}
    filed = stranger.file(contact=named)
    assert filed.status_code == 201
    (told,) = desk.told("complaint.case_contact_described.v1")
    assert told["addresses"] == [{"channel": "smtp", "address": "lihua@example.com"}]
    assert "lihua" not in stranger.look(filed.json["tracking_code"]).text
