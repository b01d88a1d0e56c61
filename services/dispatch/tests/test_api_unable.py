"""Progress, unability, decisions and breaches over HTTP."""

import pytest

from .company import FRIDAY, ORDER

SIGNATURE = {"name": "Zhang San"}
EXPECTED = "2026-02-15T18:00:00+08:00"
UNABLE = {"reason": "It needs a lift"}


@pytest.fixture
def path(send, cast):
    """An order that the worker accepted."""
    body = {**ORDER, "reply_due_at": ORDER["reply_due_at"].isoformat()}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", {**body, "receiver_id": cast.worker.id})
    path = f"/v1/work-orders/{made.json['work_order_id']}"
    send(cast.dispatcher, "POST", f"{path}/issues", {})
    send(cast.worker, "POST", f"{path}/acceptances", {"signature": SIGNATURE})
    return path


def faulty(answer):
    """The fields with which an answer finds fault: those of its body, or those of a rule."""
    errors = answer.json["errors"]
    return list(errors.get("json", errors))


@pytest.mark.rule("WO-12")
def test_progress_is_shown_with_what_is_awaited_next(send, cast, path):
    started = send(cast.worker, "POST", f"{path}/starts", {})
    progress = {"text": "Half is done", "percent": 50, "expected_at": EXPECTED}
    told = send(cast.worker, "POST", f"{path}/progress-reports", progress)

    assert (started.status_code, started.json["state"]) == (200, "in_progress")
    assert (told.status_code, told.json["state"]) == (200, "progress_reported")
    [report] = told.json["progress_reports"]
    assert (report["text"], report["percent"], report["on_time"]) == ("Half is done", 50, True)
    assert (told.json["awaited"], told.json["next_due_at"]) == ("reply", report["expected_at"])
    assert send(cast.supervisor, "GET", path).json == told.json


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": " ", "expected_at": EXPECTED}, "text"),
        ({"text": "Half", "expected_at": "2026-02-15T18:00:00"}, "expected_at"),
        ({"text": "Half"}, "expected_at"),
        ({"text": "Half", "expected_at": EXPECTED, "percent": 101}, "percent"),
        ({"text": "Half", "expected_at": EXPECTED, "percent": "50"}, "percent"),
        ({"text": "Half", "expected_at": FRIDAY.isoformat()}, "expected_at"),
    ],
)
def test_a_report_that_makes_no_sense_is_refused_by_field(send, cast, path, body, field):
    answer = send(cast.worker, "POST", f"{path}/progress-reports", body)

    assert (answer.status_code, faulty(answer)) == (422, [field])
    assert send(cast.worker, "GET", path).json["state"] == "accepted"


@pytest.mark.rule("WO-10")
def test_a_supervisor_decides_on_a_receiver_without_a_superior(send, cast, path):
    unable = send(cast.worker, "POST", f"{path}/unable-reports", UNABLE)
    assert (unable.status_code, unable.json["state"]) == (200, "unable_reported")
    assert (unable.json["decider_id"], unable.json["awaited"]) == (cast.supervisor.id, "decision")
    assert unable.json["unable_report"]["reason"] == UNABLE["reason"]

    other = send(cast.dispatcher, "POST", f"{path}/decisions", {"decision": "cancel", **UNABLE})
    assert (other.status_code, other.json["code"]) == (403, "not_the_decider")
    top = send(cast.supervisor, "POST", f"{path}/decisions", {"decision": "refer_up", **UNABLE})
    assert (top.status_code, top.json["code"]) == (409, "top_must_decide")
    made = send(cast.supervisor, "POST", f"{path}/decisions", {"decision": "cancel", **UNABLE})
    assert (made.status_code, made.json["state"]) == (200, "cancelled")
    assert (made.json["awaited"], made.json["next_due_at"]) == (None, None)
    assert made.json["unable_report"]["decision"] == "cancel"
    late = send(cast.supervisor, "POST", f"{path}/decisions", {"decision": "insist", **UNABLE})
    assert (late.status_code, late.json["allowed"]) == (409, ["record_breach", "print"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"decision": "reassign", "reason": "So be it"}, "receiver_id"),
        ({"decision": "insist", "reason": "So be it", "receiver_id": "worker"}, "receiver_id"),
        ({"decision": "insist", "reason": " "}, "reason"),
        ({"decision": "refuse", "reason": "So be it"}, "decision"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_by_field(send, cast, path, body, field):
    send(cast.worker, "POST", f"{path}/unable-reports", UNABLE)
    named = {"receiver_id": cast.worker.id} if "receiver_id" in body else {}
    answer = send(cast.supervisor, "POST", f"{path}/decisions", {**body, **named})

    assert (answer.status_code, faulty(answer)) == (422, [field])
    assert send(cast.supervisor, "GET", path).json["state"] == "unable_reported"


@pytest.mark.rule("WO-09", "WO-16")
def test_breaches_are_recorded_and_listed_with_their_clause(send, cast, path):
    asked = {"code": "item_unclear", "evidence": "Nobody can read it", "items": 2}
    made = send(cast.supervisor, "POST", f"{path}/breaches", asked)
    again = send(cast.supervisor, "POST", f"{path}/breaches", asked)

    assert (made.status_code, made.json["amount"], made.json["items"]) == (201, "60.00", 2)
    assert made.json["because"]["rule"] == "WO-09"
    assert (again.status_code, again.json["code"]) == (409, "breach_known")
    assert send(cast.dispatcher, "GET", f"{path}/breaches").json["items"] == [made.json]
    unknown = send(cast.supervisor, "POST", f"{path}/breaches", {**asked, "code": "bad_mood"})
    assert (unknown.status_code, unknown.json["code"]) == (422, "breach_unknown")


@pytest.mark.rule("WO-09")
def test_an_order_from_paper_is_issued_with_its_blanks(send, cast):
    body = {**ORDER, "reply_due_at": ORDER["reply_due_at"].isoformat(), "place": None}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", {**body, "receiver_id": cast.worker.id})
    path = f"/v1/work-orders/{made.json['work_order_id']}"
    refused = send(cast.dispatcher, "POST", f"{path}/issues", {})
    issued = send(cast.dispatcher, "POST", f"{path}/issues", {"from_paper": True})

    assert refused.json["blank"] == ["place"]
    assert (issued.json["state"], issued.json["from_paper"]) == ("issued", True)
    [breach] = send(cast.dispatcher, "GET", f"{path}/breaches").json["items"]
    assert (breach["code"], breach["items"], breach["amount"]) == ("item_blank", 1, "30.00")
    assert (breach["person_id"], breach["recorded_by"]) == (cast.dispatcher.id, None)
