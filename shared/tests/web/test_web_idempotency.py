import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from shared.tables import idempotency_keys

from .notes import TAKEN

PATH = "/v1/notes"


def kept(house: Any) -> int:
    with house.sessions() as session:
        return session.scalar(select(func.count()).select_from(idempotency_keys))


def test_a_repeated_command_gets_the_first_answer_and_changes_nothing(house: Any) -> None:
    first = house.writer.post(PATH, {"text": "tea"}, key="k")
    second = house.writer.post(PATH, {"text": "tea"}, key="k")
    assert (first.status_code, first.json["text"]) == (201, "tea")
    assert (second.status_code, second.data) == (201, first.data)
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.headers["ETag"] == first.headers["ETag"] == '"1"'
    assert second.content_type == first.content_type == "application/json"
    assert house.texts() == ["tea"]


def test_a_command_that_could_not_be_done_twice_is_answered_as_the_first_time(house: Any) -> None:
    first = house.writer.post("/v1/notes/only", {"text": "tea"}, key="k")
    again = house.writer.post("/v1/notes/only", {"text": "tea"}, key="k")
    fresh = house.writer.post("/v1/notes/only", {"text": "tea"}, key="l")
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert fresh.status_code == 500
    assert house.texts() == ["tea"]


def test_a_large_body_that_is_repeated_is_not_worked_on_again(house: Any) -> None:
    TAKEN.clear()
    sent = {"data": b"x" * 300_000, "content_type": "text/plain", "key": "k"}
    first, second = (house.writer.post("/v1/attachments", **sent) for _ in range(2))
    assert (first.json, second.json) == ({"size": 300_000}, {"size": 300_000})
    assert second.headers["Idempotency-Replayed"] == "true"
    assert [300_000] == TAKEN


@pytest.mark.parametrize("key", ["", " ", "a b", "键", "x" * 201, "a\tb"])
def test_a_command_without_a_proper_key_is_refused(house: Any, key: str) -> None:
    sent = {"Idempotency-Key": key.encode().decode("latin-1")}
    answer = house.writer.post(PATH, {"text": "tea"}, headers=sent)
    assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key_missing")
    assert house.texts() == []


@pytest.mark.parametrize("key", ["x", "x" * 200, "!~"])
def test_a_key_has_1_to_200_visible_characters(house: Any, key: str) -> None:
    assert house.writer.post(PATH, {"text": "tea"}, key=key).status_code == 201


def test_a_key_stands_for_one_body(house: Any) -> None:
    house.writer.post(PATH, {"text": "tea"}, key="k")
    answer = house.writer.post(PATH, {"text": "coffee"}, key="k")
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
    assert house.texts() == ["tea"]


@pytest.mark.parametrize("other", ["/v1/attachments", "/v1/notes?again=1"])
def test_a_key_stands_for_one_address(house: Any, other: str) -> None:
    body = b'{"text": "tea"}'
    house.writer.post(PATH, data=body, content_type="application/json", key="k")
    answer = house.writer.post(other, data=body, content_type="application/json", key="k")
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")


def test_callers_do_not_share_keys(house: Any) -> None:
    house.writer.post(PATH, {"text": "tea"}, key="k")
    answer = house.as_("zhao", "writer").post(PATH, {"text": "coffee"}, key="k")
    assert answer.status_code == 201
    assert house.texts() == ["coffee", "tea"]


def test_who_lost_his_role_does_not_get_the_stored_answer(house: Any) -> None:
    house.writer.post(PATH, {"text": "tea"}, key="k")
    answer = house.as_("wang", "reader").post(PATH, {"text": "tea"}, key="k")
    assert answer.json["code"] == "role_missing"


@pytest.mark.parametrize(
    ("body", "status"), [({"text": "TEA"}, 409), ({"text": "nonsense"}, 422), ({}, 422)]
)
def test_only_success_is_stored(house: Any, body: dict[str, str], status: int) -> None:
    answers = [house.writer.post(PATH, body, key="k") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [status, status]
    assert kept(house) == 0
    assert house.writer.post(PATH, {"text": "tea"}, key="k").status_code == 201


def test_a_crash_stores_neither_answer_nor_state(house: Any) -> None:
    assert house.writer.post("/v1/crash", {"text": "tea"}, key="k").status_code == 500
    assert (kept(house), house.texts()) == (0, [])


def test_a_race_of_the_same_command_has_one_effect_and_one_answer(stored_house: Any) -> None:
    callers = 8
    barrier = threading.Barrier(callers)
    writer = stored_house.writer

    def send(_: int) -> Any:
        barrier.wait()
        return writer.post(PATH, {"text": "tea"}, key="k")

    with ThreadPoolExecutor(callers) as pool:
        answers = list(pool.map(send, range(callers)))
    replayed = [answer for answer in answers if "Idempotency-Replayed" in answer.headers]
    assert [answer.status_code for answer in answers] == [201] * callers
    assert len({answer.data for answer in answers}) == 1
    assert len(replayed) == callers - 1
    assert (kept(stored_house), stored_house.texts()) == (1, ["tea"])
