"""Units and calendars over HTTP."""

import pytest

from shared.testing import WEEK

NORTH = (70, "region-north", "hr_administrator")


def test_a_unit_is_made_shown_and_renamed(send, cast):
    made = send(
        cast.hr,
        "POST",
        "/v1/units",
        {"unit": "shop-05", "parent": "region-north", "kind": "shop", "name": "Fifth"},
    )
    renamed = send(cast.hr, "PATCH", "/v1/units/shop-05", {"name": "5th"}, if_match='"1"')

    assert made.status_code == 201
    assert made.headers["ETag"] == '"1"'
    assert renamed.json == {
        "unit": "shop-05",
        "parent": "region-north",
        "kind": "shop",
        "name": "5th",
        "own_calendar": False,
    }
    assert renamed.headers["ETag"] == '"2"'


@pytest.mark.parametrize(("given", "status"), [({}, 428), ({"if_match": '"7"'}, 412)])
def test_a_change_says_which_version_it_changes(send, cast, given, status):
    answer = send(cast.hr, "PATCH", "/v1/units/shop-01", {"name": "First"}, **given)

    assert answer.status_code == status


@pytest.mark.parametrize("unit", ["shop-03", "hq", "nowhere"])
def test_a_foreign_unit_is_answered_as_a_missing_one(send, cast, unit):
    north = cast.asker(*NORTH)
    answers = [
        send(north, "GET", f"/v1/units/{unit}"),
        send(north, "GET", f"/v1/units/{unit}/calendar"),
        send(north, "PATCH", f"/v1/units/{unit}", {"name": "X"}, if_match='"1"'),
    ]

    assert [404] * 3 == [answer.status_code for answer in answers]
    assert {"not_found"} == {answer.json["code"] for answer in answers}


def test_lists_and_trees_begin_at_the_callers_unit(send, cast):
    north = cast.asker(*NORTH)
    first = send(north, "GET", "/v1/units?limit=2").json
    second = send(north, "GET", f"/v1/units?limit=2&cursor={first['next_cursor']}").json
    tree = send(north, "GET", "/v1/unit-tree").json

    assert [one["unit"] for one in first["items"] + second["items"]] == [
        "region-north",
        "shop-01",
        "shop-02",
    ]
    assert second["next_cursor"] is None
    assert [one["unit"] for one in tree["items"]] == ["region-north"]
    children = tree["items"][0]["children"]
    assert [(one["unit"], one["children"]) for one in children] == [
        ("shop-01", []),
        ("shop-02", []),
    ]


def test_a_calendar_is_set_and_shown_with_its_dates(send, cast):
    plan = {
        "zone": "Asia/Shanghai",
        "week": WEEK,
        "national": "CN",
        "holidays": {"2026-03-02": "Stocktaking"},
        "workdays": {"2026-03-07": None, "2026-03-08": [["09:00", "12:00"]]},
    }
    path = "/v1/units/region-north/calendar"
    missing = send(cast.hr, "GET", path)
    answered = send(cast.hr, "PUT", path, plan, if_match='"1"')
    shown = send(cast.hr, "GET", path)

    assert (missing.status_code, answered.status_code) == (404, 200)
    assert shown.json == answered.json
    assert shown.json["plan"] == plan
    assert shown.json["calendar"]["holidays"]["2026-03-02"] == "Stocktaking"
    assert shown.json["calendar"]["workdays"]["2026-03-08"] == [["09:00", "12:00"]]
    assert shown.json["calendar"]["published"] == [2025, 2026]
    assert shown.headers["ETag"] == '"2"'


def test_a_faulty_calendar_is_refused_with_the_place_of_the_fault(send, cast):
    plan = {"zone": "Mars/Olympus", "week": WEEK, "national": None}
    answer = send(cast.hr, "PUT", "/v1/units/hq/calendar", plan, if_match='"2"')

    assert (answer.status_code, answer.json["code"]) == (422, "calendar_invalid")
    assert list(answer.json["errors"]) == ["zone"]


def test_a_parent_that_would_make_a_circle_is_refused(send, cast):
    answer = send(cast.hr, "PATCH", "/v1/units/region-north", {"parent": "shop-01"}, if_match='"1"')

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["parent"])
