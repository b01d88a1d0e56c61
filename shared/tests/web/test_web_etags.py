from typing import Any

import pytest


@pytest.fixture
def note(house: Any) -> str:
    return f"/v1/notes/{house.writer.post('/v1/notes', {'text': 'tea'}).json['id']}"


def put(house: Any, path: str, **headers: str) -> tuple[int, str | None]:
    answer = house.writer.put(path, {"text": "coffee"}, headers=headers)
    return answer.status_code, answer.json.get("code")


def test_a_thing_tells_its_version_and_a_change_the_next(house: Any, note: str) -> None:
    assert house.writer.get(note).headers["ETag"] == '"1"'
    answer = house.writer.put(note, {"text": "coffee"}, version=1)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')


def test_who_saw_an_older_version_changes_nothing(house: Any, note: str) -> None:
    house.writer.put(note, {"text": "coffee"}, version=1)
    answer = house.writer.put(note, {"text": "water"}, version=1)
    assert (answer.status_code, answer.json["code"]) == (412, "version_stale")
    assert house.texts() == ["coffee"]


def test_who_does_not_say_which_version_he_saw_is_asked(house: Any, note: str) -> None:
    assert put(house, note) == (428, "if_match_missing")
    assert house.texts() == ["tea"]


@pytest.mark.parametrize(
    "tag", ['W/"1"', "1", "*", '"x"', '"1", "2"', '"-1"', '""', '"9999999999999999999"']
)
def test_a_tag_that_is_not_one_of_ours_matches_nothing(house: Any, note: str, tag: str) -> None:
    assert put(house, note, **{"If-Match": tag}) == (412, "version_stale")


def test_who_asks_for_a_new_thing_does_not_change_an_old_one(house: Any, note: str) -> None:
    assert put(house, note, **{"If-None-Match": "*"}) == (412, "version_stale")


def test_a_view_that_does_not_ask_for_the_version_fails(house: Any, note: str) -> None:
    answer = house.writer.put(f"{note}/careless", version=1)
    assert (answer.status_code, answer.json["code"]) == (500, "internal")
