"""Departures and holdings over HTTP."""

import pytest

from .company import asker

GONE = {"reason": "resigned", "note": "The lift key lies at the gate"}
LATER = "2026-03-01T00:00:00+00:00"
ORDER = {
    "place": "Building 3",
    "content": "The lock does not close",
    "requirements": "Same make",
    "reply_due_at": "2026-02-20T10:00:00+08:00",
}


@pytest.fixture
def path(cast):
    return f"/v1/people/{cast.worker.id}"


def test_a_departure_is_announced_and_withdrawn(send, cast, path):
    asked = {**GONE, "leaves_at": LATER, "successor_id": cast.supervisor.id}
    told = send(cast.hr, "POST", f"{path}/departures", asked)
    departure = told.json["departure_id"]
    stays = send(cast.hr, "POST", f"{path}/departures/{departure}/withdrawals", {})
    listed = send(cast.hr, "GET", f"{path}/departures")

    assert told.status_code == 201
    assert told.json["state"] == "announced"
    assert stays.json == {**told.json, "state": "withdrawn"}
    assert listed.json["items"] == [stays.json]
    assert send(cast.hr, "GET", path).json["active"] is True


def test_who_leaves_at_once_is_not_active_any_more(send, cast, path):
    told = send(cast.hr, "POST", f"{path}/departures", GONE)
    again = send(cast.hr, "POST", f"{path}/departures", GONE)

    assert (told.json["state"], told.json["leaves_at"]) == ("done", told.json["announced_at"])
    assert send(cast.hr, "GET", path).json["active"] is False
    assert (again.status_code, again.json["code"]) == (409, "person_has_left")


def test_what_somebody_holds_is_shown(send, cast, path):
    draft = send(
        cast.dispatcher, "POST", "/v1/work-orders", {**ORDER, "receiver_id": cast.worker.id}
    )
    order = draft.json["work_order_id"]
    shift = {
        "code": "early",
        "name": "Early",
        "opens": "08:00",
        "closes": "16:00",
        "weekdays": [0],
        "first_day": "2026-02-01",
    }
    made = send(cast.hr, "POST", "/v1/units/region-north/shifts", shift).json["shift_id"]
    on_it = {"person_id": cast.worker.id, "first_day": "2026-02-01"}
    entry = send(cast.hr, "POST", f"/v1/shifts/{made}/roster", on_it).json["roster_entry_id"]
    send(
        cast.hr,
        "PATCH",
        f"/v1/people/{cast.clerk.id}",
        {"superior_id": cast.worker.id},
        if_match='"1"',
    )

    first = send(cast.hr, "GET", f"{path}/holdings?limit=2").json
    rest = send(cast.hr, "GET", f"{path}/holdings?cursor={first['next_cursor']}").json

    assert [*first["items"], *rest["items"]] == [
        {"part": "receiver", "thing_id": order},
        {"part": "roster", "thing_id": entry},
        {"part": "superior", "thing_id": cast.clerk.id},
    ]
    dispatcher = send(cast.hr, "GET", f"/v1/people/{cast.dispatcher.id}/holdings").json["items"]
    assert dispatcher == [{"part": "dispatcher", "thing_id": order}]


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        ({"reason": "unsaid"}, (422, "invalid")),
        ({"reason": "bored"}, (422, "invalid")),
        ({"note": ""}, (422, "invalid")),
        ({"leaves_at": "tomorrow"}, (422, "invalid")),
        ({"successor_id": "00000000-0000-0000-0000-000000000077"}, (422, "successor_unfit")),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(send, cast, path, fault, answer):
    refused = send(cast.hr, "POST", f"{path}/departures", {**GONE, **fault})

    assert (refused.status_code, refused.json["code"]) == answer
    assert send(cast.hr, "GET", path).json["active"] is True
    assert send(cast.hr, "GET", f"{path}/departures").json["items"] == []


def test_nobody_but_the_administrator_of_staff_lets_leave(send, cast, path):
    refused = send(cast.dispatcher, "POST", f"{path}/departures", GONE)
    elsewhere = asker(1, "region-south", "hr_administrator")
    unseen = send(elsewhere, "POST", f"{path}/departures", GONE)

    assert refused.status_code == 403
    assert unseen.status_code == 404
