"""People from a CSV file."""

import pytest

from shared.testing import emitted

HEADER = "staff_number,name,language,zone,posts,superior,skills,addresses"
BOSS = "S-1,赵云,zh-CN,Asia/Shanghai,region-north/department_head,,,log:zhao"
WORKER = (
    "S-2,Li Si,zh-CN,Asia/Shanghai,region-north/engineer; shop-01/shop_guide,S-1,"
    "locks; lifts,smtp:li@example.com;sms:13800001234"
)
PATH = "/v1/people/imports"


@pytest.fixture
def imported(send, app, cast):
    """Send a file as the administrator of staff."""
    count = iter(range(100))

    def run(*rows, by=None, encoding="utf-8", header=HEADER, query="", media="text/csv"):
        content = "\n".join([header, *rows]).encode(encoding)
        headers = {
            "authorization": f"Bearer {send.token(by or cast.hr)}",
            "idempotency-key": f"import-{next(count)}",
        }
        client = app.test_client()
        return client.post(PATH + query, data=content, content_type=media, headers=headers)

    return run


def people(send, cast):
    listed = send(cast.hr, "GET", "/v1/people?limit=100").json["items"]
    return {one["staff_number"]: one for one in listed if one["staff_number"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_people_are_entered_with_superiors_of_the_same_file(send, cast, imported, encoding):
    done = imported(WORKER, BOSS, encoding=encoding)

    assert done.json == {"rows": 2, "created": 2, "changed": 0, "unchanged": 0, "problems": []}
    found = people(send, cast)
    assert found["S-1"]["name"] == "赵云"
    assert found["S-2"]["superior_id"] == found["S-1"]["person_id"]
    assert found["S-2"]["skills"] == ["locks", "lifts"]
    assert found["S-2"]["posts"] == [
        {"unit": "region-north", "role": "engineer"},
        {"unit": "shop-01", "role": "shop_guide"},
    ]
    assert [one["channel"] for one in found["S-2"]["addresses"]] == ["smtp", "sms"]


def test_the_same_file_again_changes_nothing(send, cast, imported, parts):
    imported(BOSS, WORKER)
    with parts.sessions() as session:
        before = len(emitted(session))
    again = imported(BOSS, WORKER)
    with parts.sessions() as session:
        after = len(emitted(session))

    assert again.json["unchanged"] == 2
    assert (after, before > 0) == (before, True)


def test_what_is_different_is_changed(send, cast, imported):
    imported(BOSS, WORKER)
    done = imported(BOSS.replace("log:zhao", "log:desk"), WORKER.replace("S-1,", ","))

    assert done.json["changed"] == 2
    assert people(send, cast)["S-2"]["superior_id"] is None


def test_a_dry_run_changes_nothing(send, cast, imported):
    told = imported(BOSS, WORKER, query="?dry_run=true")
    bad = imported(BOSS.replace("zh-CN", "!"), query="?dry_run=true")

    assert (told.json["created"], people(send, cast)) == (2, {})
    assert bad.status_code == 200
    assert [one["code"] for one in bad.json["problems"]] == ["language_invalid"]


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        (("S-2", ""), "staff_number", "missing"),
        (("S-2", "S 2"), "staff_number", "staff_number_invalid"),
        (("Li Si", ""), "name", "missing"),
        (("Li Si", "x" * 81), "name", "too_long"),
        (("Asia/Shanghai", "Asia/Nowhere"), "zone", "zone_unknown"),
        (("shop_guide", "king"), "posts", "role_unknown"),
        (("shop-01/", ""), "posts", "missing"),
        (("shop-01", "shop-99"), "posts", "unit_unknown"),
        (("shop-01/shop_guide", "region-north/engineer"), "posts", "twice"),
        (("S-1,", "S-9,"), "superior", "superior_unknown"),
        (("S-1,", "S-2,"), "superior", "superior_cycle"),
        (("li@example.com", "li"), "addresses", "address_invalid"),
        (("smtp:", "pigeon:"), "addresses", "channel_unknown"),
        (("S-2", "S-1"), "staff_number", "repeated"),
        (("locks; lifts", "locks,lifts"), "", "cells_wrong"),
    ],
)
def test_one_bad_row_keeps_all_out(send, cast, imported, change, column, code):
    refused = imported(BOSS, WORKER.replace(*change))

    assert (refused.status_code, refused.json["code"]) == (422, "import_refused")
    assert (3, column, code) in [
        (one["row"], one["column"], one["code"]) for one in refused.json["problems"]
    ]
    assert people(send, cast) == {}


def test_a_ring_across_the_file_is_refused(send, cast, imported):
    imported(BOSS, WORKER)
    refused = imported(BOSS.replace("department_head,,", "department_head,S-2,"))

    assert [one["code"] for one in refused.json["problems"]] == ["superior_cycle"]
    turned = imported(
        BOSS.replace("department_head,,", "department_head,S-2,"), WORKER.replace("S-1,", ",")
    )
    assert turned.json["changed"] == 2


def test_whom_one_does_not_see_one_does_not_change(send, cast, imported):
    imported(BOSS, WORKER)
    south = cast.asker(1, "region-south", "hr_administrator")
    refused = imported(BOSS.replace("region-north", "region-south"), by=south)

    assert [one["code"] for one in refused.json["problems"]] == ["staff_number_taken"]


def test_a_header_names_its_columns(imported):
    refused = imported(BOSS, header=HEADER + ",salary")

    assert (refused.status_code, refused.json["code"]) == (422, "header_invalid")
    assert imported(BOSS, media="application/json").status_code == 415


def test_a_file_has_room_for_so_many_rows(imported, monkeypatch):
    monkeypatch.setattr("dispatch.api.people_imports.MOST_ROWS", 1)
    refused = imported(BOSS, WORKER)

    assert (refused.status_code, refused.json["code"]) == (422, "too_many_rows")


def test_two_people_have_two_numbers(send, cast, imported):
    imported(BOSS)
    path = f"/v1/people/{cast.worker.id}"
    taken = send(cast.hr, "PATCH", path, {"staff_number": "S-1"}, if_match='"1"')
    given = send(cast.hr, "PATCH", path, {"staff_number": "S-7"}, if_match='"1"')

    assert (taken.status_code, taken.json["code"]) == (409, "staff_number_taken")
    assert given.json["staff_number"] == "S-7"
