import base64
import json
from datetime import timedelta
from typing import Any

import pytest


@pytest.fixture
def notes(house: Any) -> list[str]:
    """Seven notes, of which several were written at one instant, oldest first."""
    written = []
    for number in range(7):
        house.clock.at += timedelta(minutes=number % 3 == 0)
        written.append(house.writer.post("/v1/notes", {"text": f"note {number}"}).json["text"])
    return written


def walk(house: Any, limit: int) -> list[list[str]]:
    pages, cursor = [], ""
    while cursor is not None:
        answer = house.writer.get("/v1/notes", query_string={"limit": limit, "cursor": cursor})
        pages.append([item["text"] for item in answer.json["items"]])
        cursor = answer.json["next_cursor"]
    return pages


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8, 100])
def test_pages_hold_everything_once_and_in_order(house: Any, notes: list[str], limit: int) -> None:
    expected = [notes[start : start + limit] for start in range(0, len(notes), limit)]
    assert walk(house, limit) == expected


def test_an_empty_list_is_one_empty_page(house: Any) -> None:
    assert house.writer.get("/v1/notes").json == {"items": [], "next_cursor": None}


def test_50_are_shown_unless_asked_otherwise(house: Any) -> None:
    for number in range(51):
        house.writer.post("/v1/notes", {"text": f"note {number}"})
    answer = house.writer.get("/v1/notes").json
    assert (len(answer["items"]), answer["next_cursor"] is None) == (50, False)


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1e2"])
def test_a_page_has_1_to_100_items(house: Any, limit: str) -> None:
    answer = house.writer.get("/v1/notes", query_string={"limit": limit})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")


def test_what_comes_and_goes_between_pages_moves_nothing_else(house: Any, notes: list[str]) -> None:
    first = house.writer.get("/v1/notes?limit=3").json
    house.writer.delete(f"/v1/notes/{first['items'][0]['id']}")
    house.writer.delete(f"/v1/notes/{first['items'][2]['id']}")
    house.clock.at += timedelta(minutes=1)
    house.writer.post("/v1/notes", {"text": "late"})
    query = {"cursor": first["next_cursor"]}
    rest = house.writer.get("/v1/notes", query_string=query).json["items"]
    assert [item["text"] for item in rest] == [*notes[3:], "late"]


def test_a_cursor_shows_nothing_of_another_unit(house: Any, notes: list[str]) -> None:
    cursor = house.writer.get("/v1/notes?limit=1").json["next_cursor"]
    other = house.as_("zhao", "writer", unit="region-south")
    assert other.get(f"/v1/notes?cursor={cursor}").json["items"] == []


def forged(cursor: str, **changes: Any) -> str:
    told = json.loads(base64.urlsafe_b64decode(cursor + "=="))
    for index, value in changes.items():
        told[int(index.removeprefix("at_"))] = value
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"at_0": "other"},
        {"at_1": "yesterday"},
        {"at_1": "2026-03-02T02:00:00"},
        {"at_1": 5},
        {"at_1": None},
        {"at_2": "no id"},
        {"at_2": ["' OR 1=1 --"]},
        {"at_2": {}},
    ],
)
def test_a_cursor_that_was_changed_is_refused(
    house: Any, notes: list[str], changes: dict[str, Any]
) -> None:
    cursor = house.writer.get("/v1/notes?limit=1").json["next_cursor"]
    query = {"cursor": forged(cursor, **changes)}
    answer = house.writer.get("/v1/notes", query_string=query)
    assert (answer.status_code, answer.json["code"]) == (400, "cursor_invalid")


@pytest.mark.parametrize("cursor", ["x", "!!", "游标", "W10", "bnVsbA", "W1tbW1tb" * 20, "e30"])
def test_a_text_that_is_no_cursor_is_refused(house: Any, cursor: str) -> None:
    for path in ("/v1/notes", "/v1/notes/0190b8a0-0000-7000-8000-000000000001/timeline"):
        answer = house.as_("li", "reader").get(path, query_string={"cursor": cursor})
        assert (answer.status_code, answer.json["code"]) == (400, "cursor_invalid")


def test_a_cursor_of_one_list_is_not_taken_by_another(house: Any, notes: list[str]) -> None:
    cursor = house.writer.get("/v1/notes?limit=1").json["next_cursor"]
    answer = house.as_("li", "reader").get(
        f"/v1/notes/0190b8a0-0000-7000-8000-000000000001/timeline?cursor={cursor}"
    )
    assert answer.json["code"] == "cursor_invalid"


def test_a_timeline_tells_what_happened_in_order(house: Any) -> None:
    note = house.writer.post("/v1/notes", {"text": "tea"}).json["id"]
    with house.app.extensions["huiyin"].begin(now=house.clock.at + timedelta(hours=1)) as tx:
        tx.note(f"note/{note}", "note_read", by="li")
    reader = house.as_("li", "reader")
    first = reader.get(f"/v1/notes/{note}/timeline?limit=1").json
    second = reader.get(
        f"/v1/notes/{note}/timeline", query_string={"cursor": first["next_cursor"]}
    ).json
    assert first["items"] == [
        {
            "at": "2026-03-02T02:00:00+00:00",
            "kind": "note_written",
            "actor": "wang",
            "data": {"length": 3},
            "because": None,
        }
    ]
    assert [item["kind"] for item in second["items"]] == ["note_read"]
    assert second["next_cursor"] is None
