"""Complaints over HTTP: a whole story, what is refused, what is hidden."""

import pytest

from . import desk

CONSUMER = {
    "org_unit": "shop-01",
    "complainant": "consumer",
    "channel": "telephone",
    "about": "product_quality",
    "complainant_name": "李华",
    "complainant_phone": "13812345678",
    "details": {
        "agent_name": "王芳",
        "other_contacts": "office 4711",
        "shop_and_persons": "陈明、赵强",
        "respondent_person": "刘洋",
    },
}
OF_CONSUMER = CONSUMER["details"]
LEARNT = {name: said for name, said in desk.LEARNT.items() if name not in OF_CONSUMER}
LEARNT |= {"occurred_at": "2026-02-13T10:00:00+08:00", "product_code": "S-1"}
ANSWER = {"code": 2, "method": "telephone", "evidence": "recording 4711"}
WORK = {
    "place": "shop-01",
    "content": "exchange it",
    "requirements": "bring a new one",
    "reply_due_at": "2026-02-25T18:00:00+08:00",
}

RECEIVED = [
    "amend_form",
    "raise_level",
    "lower_level",
    "start_emergency",
    "end_emergency",
    "make_first_contact",
    "take_over",
    "receive_message",
]


def path(complaint, *rest):
    return "/".join(["/v1/complaints", complaint["id"], *rest])


def test_the_answer_to_a_filing_says_when_contact_is_due_and_why(as_, desk):
    response = as_("assistant-north").post("/v1/complaints", CONSUMER)

    told = response.json
    because = {"pack": "franchise", "version": "1", "clause": "001-P4 L162", "rule": "CP-17"}
    assert (response.status_code, response.headers["ETag"]) == (201, '"1"')
    assert told["clocks"] == {
        "first_contact": {
            "round": 1,
            "started_at": "2026-02-13T09:00:00+00:00",
            "due_at": "2026-02-14T10:00:00+00:00",
            "hard_due_at": None,
            "provisional": False,
            "hard": True,
            "because": because,
            "held_until": None,
            "stopped_at": None,
            "on_time": None,
            "breached_at": None,
        }
    }
    assert told["next_due_at"] == "2026-02-14T10:00:00+00:00"
    assert (told["number"], told["state"], told["level"]) == ("shop-01-1", "received", 1)
    assert told["handler_id"] == str(desk.people["assistant-north"])
    assert told["suggestion"]["reasons"][0]["because"]["clause"] == "001-P4 L152"
    assert told["allowed"] == RECEIVED


def test_a_complaint_goes_from_filing_to_the_archive(as_, filed):
    assistant, supervisor, clerk = as_("assistant-north"), as_("supervisor"), as_("clerk")
    steps = [
        (assistant, "first-contacts", LEARNT, "contacted"),
        (assistant, "field-work-requests", WORK, None),
        (assistant, "results", {"result": "it was exchanged"}, "result_told"),
        (assistant, "satisfaction-answers", ANSWER, "awaiting_review"),
        (supervisor, "reviews", {"opinion": "well handled"}, "reviewed"),
        (clerk, "archives", {}, "archived"),
    ]
    for person, command, body, state in steps:
        response = person.post(path(filed, command), body)
        assert response.status_code in (200, 201), response.json
        assert state is None or response.json["state"] == state

    kinds = [one["kind"] for one in clerk.get(path(filed, "timeline")).json["items"]]
    assert kinds == [
        "complaint.filed.v1",
        "complaint.assigned.v1",
        "level_set",
        "complaint.first_contact_made.v1",
        "complaint.field_work_requested.v1",
        "complaint.result_told.v1",
        "complaint.satisfaction_answered.v1",
        "complaint.reviewed.v1",
        "complaint.closed.v1",
    ]


@pytest.mark.rule("CP-31")
def test_a_complaint_goes_to_the_meeting_and_its_decision(as_):
    director = as_("sales-director")
    body = {**CONSUMER, "reported_to_12315": True}
    filed = as_("assistant-north").post("/v1/complaints", body).json
    director.post(path(filed, "first-contacts"), LEARNT)
    director.post(path(filed, "results"), {"result": "no refund"})
    asked = director.post(path(filed, "satisfaction-answers"), {**ANSWER, "code": 5}).json
    decided = as_("general-manager").post(path(filed, "decisions"), {"text": "refund"}).json

    assert (asked["level"], asked["state"]) == (3, "gm_meeting")
    assert (decided["state"], decided["forms"][-1]["decision"]["text"]) == ("decided", "refund")


def test_a_complaint_received_before_counts_from_its_receipt(as_):
    body = {**CONSUMER, "channel": "letter", "received_at": "2026-02-12T09:00:00+08:00"}
    told = as_("clerk").post("/v1/complaints", body).json

    assert told["clocks"]["first_contact"]["due_at"] == "2026-02-13T10:00:00+00:00"


def test_the_same_key_files_one_complaint(as_):
    first = as_("assistant-north").post("/v1/complaints", CONSUMER, key="once")
    again = as_("assistant-north").post("/v1/complaints", CONSUMER, key="once")

    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(as_("clerk").get("/v1/complaints").json["items"]) == 1


def test_a_command_that_the_state_does_not_take_says_what_is_possible(as_, filed):
    response = as_("assistant-north").post(path(filed, "results"), {"result": "done"})

    assert (response.status_code, response.json["code"]) == (409, "wrong_state")
    assert response.json["allowed"] == RECEIVED


@pytest.mark.rule("CP-21")
def test_a_refused_reviewer_is_told_the_clause(as_):
    director = as_("sales-director")
    body = {**CONSUMER, "reported_to_12315": True}
    grave = as_("assistant-north").post("/v1/complaints", body).json
    director.post(path(grave, "first-contacts"), LEARNT)
    director.post(path(grave, "results"), {"result": "done"})
    director.post(path(grave, "satisfaction-answers"), ANSWER)

    response = director.post(path(grave, "reviews"), {"opinion": "fine"})

    assert (response.status_code, response.json["code"]) == (403, "reviewer_is_handler")
    assert response.json["because"]["clause"] == "001-P4 L168"


@pytest.mark.rule("CP-36")
@pytest.mark.parametrize("evidence", ["", None])
def test_an_answer_without_evidence_of_the_complainant_is_refused(as_, filed, evidence):
    assistant = as_("assistant-north")
    assistant.post(path(filed, "first-contacts"), LEARNT)
    assistant.post(path(filed, "results"), {"result": "done"})

    response = assistant.post(path(filed, "satisfaction-answers"), {**ANSWER, "evidence": evidence})

    assert response.status_code == 422
    assert assistant.get(path(filed)).json["state"] == "result_told"


def test_the_complainant_is_masked_until_revealed_for_a_reason(as_, filed):
    assistant = as_("assistant-north")
    seen = assistant.get(path(filed))
    revealed = assistant.post(path(filed, "reveals"), {"reason": "call back"}).json

    assert (seen.json["complainant_name"], seen.json["complainant_phone"]) == ("李*", "138****5678")
    details = seen.json["forms"][0]["details"]
    assert (details["agent_name"], details["shop_and_persons"]) == ("王*", "陈***")
    assert details["respondent_person"] == "刘*"
    assert "13812345678" not in seen.text
    assert "office 4711" not in seen.text
    assert revealed == {
        "complainant_name": "李华",
        "complainant_phone": "13812345678",
        "agent_name": "王芳",
        "other_contacts": "office 4711",
        "shop_and_persons": "陈明、赵强",
        "respondent_person": "刘洋",
    }
    assert as_("clerk").post(path(filed, "reveals"), {"reason": "look"}).status_code == 403


def test_a_form_is_amended_only_by_who_saw_its_present_version(as_, filed):
    assistant = as_("assistant-north")
    amended = assistant.patch(path(filed), {"place": "shop-01"}, version=1)
    stale = assistant.patch(path(filed), {"place": "shop-02"}, version=1)

    assert (amended.status_code, amended.headers["ETag"]) == (200, '"2"')
    assert amended.json["forms"][0]["details"]["place"] == "shop-01"
    assert (stale.status_code, stale.json["code"]) == (412, "version_stale")
    assert assistant.get(path(filed)).headers["ETag"] == '"2"'


@pytest.mark.parametrize("name", ["state", "level", "version", "handler_id", "org_unit", "told"])
def test_nothing_but_details_can_be_amended(as_, filed, name):
    response = as_("assistant-north").patch(path(filed), {name: "shop-02"}, version=1)

    assert (response.status_code, list(response.json["errors"]["json"])) == (422, [name])


@pytest.mark.parametrize("name", ["state", "handler_id", "number", "suggestion", "filed_by"])
def test_nothing_that_the_service_decides_can_be_filed(as_, name):
    response = as_("assistant-north").post("/v1/complaints", {**CONSUMER, name: "x"})
    nested = as_("assistant-north").post("/v1/complaints", {**CONSUMER, "details": {name: "x"}})

    assert (response.status_code, nested.status_code) == (422, 422)


def test_the_way_of_the_clock_is_explained(as_, filed):
    told = as_("assistant-north").get(path(filed, "clocks", "first_contact", "explain")).json

    assert told["clock"]["due_at"] == "2026-02-14T10:00:00+00:00"
    assert told["target_seconds"] is None
    assert told["counted_seconds"] == 9 * 3600
    assert [one["reason"] for one in told["intervals"]][:3] == [
        "open",
        "closed",
        "open (make-up working day)",
    ]


def test_lists_are_filtered_and_come_in_pages(as_, desk):
    assistant = as_("assistant-north")
    numbers = []
    for level in (1, 2, 3):
        body = {**CONSUMER, "level": level, "level_reason": "grave"}
        numbers.append(assistant.post("/v1/complaints", body).json["number"])

    def listed(person, query=""):
        return [one["number"] for one in person.get(f"/v1/complaints{query}").json["items"]]

    first = assistant.get("/v1/complaints?limit=2").json
    rest = assistant.get(f"/v1/complaints?limit=2&cursor={first['next_cursor']}").json
    assert [one["number"] for one in first["items"] + rest["items"]] == numbers
    assert listed(assistant, "?level=2") == numbers[1:2]
    assert listed(assistant, "?state=contacted") == []
    assert listed(assistant, "?assigned_to=me") == numbers[:1]
    assert listed(as_("admin-director"), "?assigned_to=me") == numbers[2:]
    assert listed(as_("manager"), "?assigned_to=me&state=received") == numbers[1:]


def test_the_description_of_the_interface_is_the_same_each_time(app):
    documents = [app.test_client().get("/openapi.json").json for _ in range(2)]

    operation = documents[0]["paths"]["/v1/complaints"]["post"]
    assert documents[0] == documents[1]
    assert operation["operationId"] == "file_complaint"
