"""Work orders over HTTP: the whole way, who may go it, and what is refused."""

from uuid import UUID, uuid4

import pytest

from shared.web.auth import open_to_nobody

DRAFT = {
    "place": "Building 3",
    "content": "The lock does not close",
    "requirements": "Same make",
    "reply_due_at": "2026-02-14T18:00:00+08:00",
}
SIGNATURE = {"name": "Zhang San"}
ENGINEER = {
    "name": "Zhao Liu",
    "language": "zh-CN",
    "zone": "Asia/Shanghai",
    "posts": [{"unit": "shop-03", "role": "engineer"}],
    "addresses": [{"channel": "log", "address": "zhao"}],
}


@pytest.fixture
def path(send, cast):
    """The path of a draft for the worker."""
    body = {**DRAFT, "receiver_id": cast.worker.id}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", body)
    return f"/v1/work-orders/{made.json['work_order_id']}"


@pytest.mark.rule("WO-15")
def test_an_order_goes_its_whole_way(send, cast, path):
    call = {"method": "telephone", "satisfied": True, "result": "All well"}
    done = {"remarks": "Changed", "client_signature": {"name": "Wang", "image_sha256": "0" * 64}}
    states = [
        send(by, "POST", f"{path}/{command}", body).json["state"]
        for by, command, body in (
            (cast.dispatcher, "issues", {}),
            (cast.worker, "acceptances", {"signature": SIGNATURE}),
            (cast.worker, "completions", done),
            (cast.dispatcher, "call-backs", call),
            (cast.supervisor, "signatures", {"signature": SIGNATURE}),
            (cast.dispatcher, "archives", {}),
        )
    ]
    shown = send(cast.worker, "GET", path)
    timeline = send(cast.dispatcher, "GET", f"{path}/timeline").json["items"]

    assert states == ["issued", "accepted", "completed", "called_back", "signed", "archived"]
    assert shown.json["order_no"] == "dispatch-centre-000001"
    assert shown.json["accepted_at"] == "2026-02-13T09:00:00+00:00"
    assert shown.json["client_signature"]["image_sha256"] == "0" * 64
    assert shown.json["client_signature"]["name"] == "W***"
    assert shown.json["call_back"]["satisfied"] is True
    assert len(timeline) == 7
    assert timeline[1]["because"]["rule"] == "WO-07"
    assert UUID(timeline[0]["actor"]) == UUID(cast.dispatcher.id)


@pytest.mark.rule("WO-07")
def test_blank_fields_are_listed_with_the_clause(send, cast):
    made = send(cast.dispatcher, "POST", "/v1/work-orders", {**DRAFT, "place": "", "content": None})
    answer = send(
        cast.dispatcher, "POST", f"/v1/work-orders/{made.json['work_order_id']}/issues", {}
    )

    assert (answer.status_code, answer.json["code"]) == (422, "mandatory_blank")
    assert answer.json["blank"] == ["place", "content", "receiver"]
    assert answer.json["because"]["clause"] == "001-P5 L278"


@pytest.mark.rule("WO-15")
def test_an_order_that_is_not_called_back_cannot_be_archived(send, cast, path):
    send(cast.dispatcher, "POST", f"{path}/issues", {})
    early = send(cast.dispatcher, "POST", f"{path}/archives", {})
    send(cast.worker, "POST", f"{path}/acceptances", {"signature": SIGNATURE})
    done = {"remarks": "Changed", "client_signature": SIGNATURE}
    send(cast.worker, "POST", f"{path}/completions", done)
    skipped = send(cast.dispatcher, "POST", f"{path}/archives", {})

    assert (early.status_code, early.json["code"]) == (409, "wrong_state")
    allowed = ["accept", "report_unable", "reassign", "record_breach", "open_sign_off"]
    assert early.json["allowed"] == [*allowed, "print"]
    assert (skipped.status_code, skipped.json["code"]) == (409, "closing_step_missing")
    assert skipped.json["missing"] == ["call_back", "sign"]


def test_a_draft_is_revised_by_version(send, cast, path):
    changed = send(cast.supervisor, "PATCH", path, {"place": "Gate 2"}, if_match='"1"')
    late = send(cast.supervisor, "PATCH", path, {"place": "Gate 3"}, if_match='"1"')

    assert (changed.json["place"], changed.headers["ETag"]) == ("Gate 2", '"2"')
    assert late.status_code == 412


def test_a_command_sent_twice_happens_once(send, cast, path):
    first = send(cast.dispatcher, "POST", f"{path}/issues", {}, idempotency_key="k")
    again = send(cast.dispatcher, "POST", f"{path}/issues", {}, idempotency_key="k")

    assert first.json == again.json
    assert again.headers["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", "archived"),
        ("order_no", "1"),
        ("dispatcher_id", str(UUID(int=1))),
        ("org_unit", "hq"),
        ("reply_due_at", "2026-02-14T18:00:00"),
        ("receiver_id", "me"),
    ],
)
def test_what_a_client_may_not_set_is_refused(send, cast, path, field, value):
    made = send(cast.dispatcher, "POST", "/v1/work-orders", {**DRAFT, field: value})
    changed = send(cast.dispatcher, "PATCH", path, {field: value}, if_match='"1"')

    assert (made.status_code, changed.status_code) == (422, 422)
    assert list(made.json["errors"]["json"]) == [field]
    assert list(changed.json["errors"]["json"]) == [field]


@pytest.mark.rule("WO-04")
@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("repair_worker", "may_not_dispatch"),
        ("hr_administrator", "may_not_dispatch"),
        ("sales_team", "may_not_dispatch"),
        ("auditor", "role_missing"),
    ],
)
def test_other_roles_may_not_draft(send, cast, role, code):
    answer = send(cast.asker(2, "dispatch-centre", role), "POST", "/v1/work-orders", DRAFT)

    assert (answer.status_code, answer.json["code"]) == (403, code)


def test_an_order_of_a_receiver_who_left_is_given_to_another(send, cast, path):
    send(cast.dispatcher, "POST", f"{path}/issues", {})
    send(cast.worker, "POST", f"{path}/acceptances", {"signature": SIGNATURE})
    other = send(cast.hr, "POST", "/v1/people", ENGINEER).json["person_id"]
    asked = {"receiver_id": other, "reason": "He left the company"}
    early = send(cast.dispatcher, "POST", f"{path}/reassignments", asked)
    worker = f"/v1/people/{cast.worker.id}"
    send(cast.hr, "PATCH", worker, {"active": False}, if_match='"1"')
    blank = send(cast.dispatcher, "POST", f"{path}/reassignments", {**asked, "reason": " "})
    given = send(cast.dispatcher, "POST", f"{path}/reassignments", asked)
    kinds = [one["kind"] for one in send(cast.dispatcher, "GET", f"{path}/timeline").json["items"]]

    assert (early.status_code, early.json["code"]) == (409, "receiver_still_fit")
    assert list(blank.json["errors"]["json"]) == ["reason"]
    assert (given.json["state"], given.json["receiver_id"]) == ("issued", other)
    assert (given.json["accepted_at"], given.json["acceptance"]) == (None, None)
    assert {"work_order_reassigned", "dispatch.work_order_issued.v1"} == set(kinds[-2:])


def test_an_order_of_another_department_is_answered_as_a_missing_one(send, cast, path):
    north = cast.asker(70, "region-north", "dispatcher", "repair_worker")
    missing = f"/v1/work-orders/{uuid4()}"
    commands = {
        "issues": {},
        "acceptances": {"signature": SIGNATURE},
        "completions": {},
        "call-backs": {"method": "telephone", "satisfied": True, "result": "x"},
        "signatures": {"signature": SIGNATURE},
        "archives": {},
        "reassignments": {"receiver_id": cast.worker.id, "reason": "x"},
    }
    for which in (path, missing):
        answers = [send(north, "GET", which), send(north, "GET", f"{which}/timeline")]
        answers += [send(north, "POST", f"{which}/{one}", body) for one, body in commands.items()]
        answers.append(send(north, "PATCH", which, {"place": "X"}, if_match='"1"'))

        assert [404] * 10 == [answer.status_code for answer in answers]
        assert {"not_found"} == {answer.json["code"] for answer in answers}


def test_lists_show_ones_own_and_filter(send, cast, path):
    def found(by, query=""):
        return [one["state"] for one in send(by, "GET", f"/v1/work-orders{query}").json["items"]]

    assert found(cast.dispatcher) == ["draft"]
    assert found(cast.worker) == []
    send(cast.dispatcher, "POST", f"{path}/issues", {})
    assert found(cast.worker, "?receiver=me&state=issued") == ["issued"]
    assert found(cast.dispatcher, "?state=draft") == []
    assert found(cast.dispatcher, f"?complaint_id={uuid4()}") == []
    assert found(cast.asker(70, "region-north", "auditor")) == []


def test_no_route_is_open_to_somebody_without_a_role(app):
    assert open_to_nobody(app) == []


def test_without_a_token_there_is_no_answer(send, path):
    assert send(None, "GET", path).status_code == 401


@pytest.mark.parametrize("way", ["rejections", "refusals"])
@pytest.mark.rule("WO-10")
def test_there_is_no_route_to_refuse_an_order(send, cast, path, way):
    send(cast.dispatcher, "POST", f"{path}/issues", {})

    assert send(cast.worker, "POST", f"{path}/{way}", {}).status_code == 404


def test_the_packs_are_shown(send, cast):
    rulings = send(cast.hr, "GET", "/v1/units/shop-01/policies/accepting?on=2026-02-13").json

    assert rulings["items"][0]["value"] == {"precision": "minute"}
    assert rulings["items"][0]["because"]["rule"] == "WO-08"
