"""Shifts and rosters over HTTP."""

import pytest

EARLY = {
    "code": "early",
    "name": "Early",
    "opens": "08:00",
    "closes": "24:00",
    "weekdays": [0, 1, 2, 3, 4],
    "first_day": "2026-02-01",
}
UNIT = "/v1/units/region-north"


@pytest.fixture
def shift(send, cast):
    return send(cast.hr, "POST", f"{UNIT}/shifts", EARLY).json


def test_a_shift_is_shown_as_it_was_asked_for(send, cast, shift):
    listed = send(cast.hr, "GET", f"{UNIT}/shifts")

    assert listed.json["items"] == [shift]
    assert shift == {
        **EARLY,
        "shift_id": shift["shift_id"],
        "unit": "region-north",
        "closes": "00:00",
        "on_holidays": False,
        "last_day": None,
    }


def test_it_is_told_who_is_on_duty(send, cast, shift):
    asked = {"person_id": cast.worker.id, "first_day": "2026-02-02"}
    entry = send(cast.hr, "POST", f"/v1/shifts/{shift['shift_id']}/roster", asked)
    told = send(cast.hr, "GET", f"{UNIT}/duty").json
    later = send(cast.hr, "GET", f"{UNIT}/duty?at=2026-02-14T18:00:00Z").json
    path = f"{UNIT}/roster?first_day=2026-02-01&last_day=2026-02-28"
    roster = send(cast.hr, "GET", f"{path}&person_id={cast.worker.id}")

    assert entry.status_code == 201
    assert roster.json["items"] == [entry.json]
    assert told["shifts"] == [
        {
            "shift_id": shift["shift_id"],
            "code": "early",
            "starts_at": "2026-02-13T00:00:00+00:00",
            "ends_at": "2026-02-13T16:00:00+00:00",
            "person_ids": [cast.worker.id],
        }
    ]
    assert later["shifts"] == []
    assert send(cast.hr, "GET", f"{path}&person_id={cast.hr.id}").json["items"] == []


def test_a_shift_and_its_roster_come_to_an_end(send, cast, shift):
    path = f"/v1/shifts/{shift['shift_id']}"
    asked = {"person_id": cast.worker.id, "first_day": "2026-02-02"}
    entry = send(cast.hr, "POST", f"{path}/roster", asked).json
    ended = send(cast.hr, "POST", f"{path}/ends", {"last_day": "2026-02-20"})
    end = f"/v1/roster-entries/{entry['roster_entry_id']}/ends"
    earlier = send(cast.hr, "POST", end, {"last_day": "2026-02-10"})

    assert ended.json["last_day"] == "2026-02-20"
    assert earlier.json["last_day"] == "2026-02-10"


@pytest.mark.parametrize(
    "fault",
    [
        {"opens": "24:00"},
        {"opens": "8:00"},
        {"closes": "24:30"},
        {"weekdays": [7]},
        {"weekdays": []},
        {"code": "a b"},
        {"last_day": "2026-01-31"},
        {"first_day": "soon"},
    ],
)
def test_a_shift_that_cannot_be_is_refused(send, cast, fault):
    refused = send(cast.hr, "POST", f"{UNIT}/shifts", {**EARLY, **fault})

    assert refused.status_code == 422
    assert send(cast.hr, "GET", f"{UNIT}/shifts").json["items"] == []


@pytest.mark.parametrize(
    ("first_day", "answer"),
    [
        ("2026-01-02", (409, "shift_over")),
        ("2026-02-03", (409, "roster_overlap")),
        ("never", (422, "invalid")),
    ],
)
def test_what_nobody_can_work_is_refused(send, cast, shift, first_day, answer):
    path = f"/v1/shifts/{shift['shift_id']}/roster"
    asked = {"person_id": cast.worker.id, "first_day": "2026-02-02"}
    send(cast.hr, "POST", path, asked)
    refused = send(cast.hr, "POST", path, {**asked, "first_day": first_day})

    assert (refused.status_code, refused.json["code"]) == answer
