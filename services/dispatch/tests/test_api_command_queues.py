"""Commands that were given in a dead spot, over HTTP."""

from uuid import uuid4

import pytest

from .company import ORDER, asker

DEVICE = "/v1/command-queues/00000000-0000-7000-8000-00000000d001"
AT = "2026-02-13T16:59:00+08:00"
SIGNED = {"signature": {"name": "Zhang San"}}
REPORT = {"text": "Half", "percent": 50, "expected_at": "2026-02-15T18:00:00+08:00"}


@pytest.fixture
def order(send, cast):
    """An order that was given to the worker, as he sees it when he goes into the dead spot."""
    body = {**ORDER, "reply_due_at": ORDER["reply_due_at"].isoformat()}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", {**body, "receiver_id": cast.worker.id})
    send(cast.dispatcher, "POST", f"/v1/work-orders/{made.json['work_order_id']}/issues", {})
    [seen] = send(cast.worker, "GET", f"{DEVICE}/sync").json["items"]
    return seen


def given(order, sequence, command, body, **other):
    return {
        "command_id": str(uuid4()),
        "sequence": sequence,
        "client_at": AT,
        "order_id": order["work_order_id"],
        "command": command,
        "body": body,
        "seen_version": order["version"],
        **other,
    }


def sent(send, by, *commands):
    return send(by, "POST", f"{DEVICE}/commands", {"commands": list(commands)})


@pytest.mark.rule("WO-12")
def test_a_queue_that_arrives_in_the_wrong_order_comes_to_its_end(send, cast, order):
    accept = given(order, 1, "accept", SIGNED)
    start, report = given(order, 2, "start", {}), given(order, 3, "report_progress", REPORT)

    first = sent(send, cast.worker, report, start)
    second = sent(send, cast.worker, accept, report)

    assert [one["outcome"] for one in first.json["answers"]] == ["waiting", "waiting"]
    assert first.json["next_sequence"] == 1
    answers = [(one["outcome"], one["known"]) for one in second.json["answers"]]
    assert answers == [("applied", False), ("applied", True)]
    assert [one["sequence"] for one in second.json["released"]] == [2]
    path = f"/v1/work-orders/{order['work_order_id']}"
    shown = send(cast.worker, "GET", path).json
    assert shown["state"] == "progress_reported"
    kinds = [one["kind"] for one in send(cast.worker, "GET", f"{path}/timeline").json["items"]]
    assert kinds.count("made_in_the_field") == 3


def test_a_conflict_is_listed_for_the_worker_and_the_dispatcher_and_resolved(send, cast, order):
    path = f"/v1/work-orders/{order['work_order_id']}"
    send(cast.worker, "POST", f"{path}/acceptances", SIGNED)
    accept = given(order, 1, "accept", SIGNED)

    [answer] = sent(send, cast.worker, accept).json["answers"]

    assert (answer["outcome"], answer["problem"]["code"]) == ("conflict", "changed_meanwhile")
    [change] = answer["standing"]["changes"]
    assert (change["change"], change["by"]) == ("accepted", cast.worker.id)
    for by, listed in (
        (cast.worker, f"{DEVICE}/conflicts"),
        (cast.dispatcher, f"{path}/command-conflicts"),
    ):
        [found] = send(by, "GET", listed).json["items"]
        assert found["command_id"] == accept["command_id"]
    assert send(cast.worker, "GET", DEVICE).json["conflicts"] == 1
    dropped = {"command_id": accept["command_id"], "resolution": "drop"}
    assert send(cast.worker, "POST", f"{DEVICE}/resolutions", dropped).json["resolution"] == "drop"
    assert send(cast.worker, "GET", f"{DEVICE}/conflicts").json["items"] == []
    again = send(cast.worker, "POST", f"{DEVICE}/resolutions", dropped)
    assert (again.status_code, again.json["code"]) == (409, "not_in_conflict")


def test_a_bad_body_is_refused_by_field_and_in_the_answer_alone(send, cast, order):
    bad = given(order, 1, "accept", {"signature": {"name": " "}})

    [answer] = sent(send, cast.worker, bad).json["answers"]

    assert (answer["outcome"], answer["problem"]["code"]) == ("refused", "body_invalid")
    assert list(answer["problem"]["errors"]) == ["signature"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"sequence": 0},
        {"sequence": "1"},
        {"command": "cancel"},
        {"client_at": "2026-02-13T16:59:00"},
        {"seen_version": 0},
        {"body": []},
        {"more": 1},
    ],
)
def test_a_batch_of_another_form_is_refused_as_a_whole(send, cast, order, wrong):
    good = given(order, 1, "accept", SIGNED)

    answer = sent(send, cast.worker, good, given(order, 2, "start", {}) | wrong)

    assert answer.status_code == 422
    assert send(cast.worker, "GET", DEVICE).status_code == 404


@pytest.mark.parametrize("count", [0, 101])
def test_a_batch_is_bounded(send, cast, order, count):
    many = [given(order, number + 1, "start", {}) for number in range(count)]

    assert sent(send, cast.worker, *many).status_code == 422


def test_a_device_is_of_one_person_and_is_revoked(send, cast, order):
    sent(send, cast.worker, given(order, 1, "accept", SIGNED))
    other = sent(send, cast.supervisor, given(order, 2, "start", {}))
    revoked = send(cast.hr, "POST", f"{DEVICE}/revocations", {})
    after = sent(send, cast.worker, given(order, 2, "start", {}))

    assert (other.status_code, other.json["code"]) == (403, "device_of_another")
    assert revoked.json["revoked_by"] == cast.hr.id
    assert (after.status_code, after.json["code"]) == (403, "device_revoked")
    assert send(cast.worker, "GET", f"{DEVICE}/sync").json["code"] == "device_revoked"
    assert [one["device_id"] for one in send(cast.hr, "GET", "/v1/command-queues").json["items"]]


def test_a_device_is_not_seen_from_elsewhere(send, cast, order):
    sent(send, cast.worker, given(order, 1, "accept", SIGNED))
    stranger = asker(99, "region-south", "sales_team")

    for path in (DEVICE, f"{DEVICE}/conflicts"):
        assert send(stranger, "GET", path).status_code == 404
    assert send(stranger, "GET", "/v1/command-queues").json["items"] == []


@pytest.mark.rule("WO-12")
def test_a_command_by_itself_tells_the_time_of_the_device(send, cast, order):
    path = f"/v1/work-orders/{order['work_order_id']}"
    send(cast.worker, "POST", f"{path}/acceptances", SIGNED)
    at = "2026-02-13T17:00:41.500000+08:00"

    told = send(cast.worker, "POST", f"{path}/progress-reports", REPORT, client_at=at)
    bad = send(cast.worker, "POST", f"{path}/progress-reports", REPORT, client_at="yesterday")

    assert told.json["progress_reports"][0]["at"] == "2026-02-13T09:00:41.500000+00:00"
    assert bad.status_code == 422
