import hashlib
import io
import json
import threading
import time
from typing import Any

import pytest

from shared.web.bodies import read_json
from shared.web.problems import Problem

from .notes import STREAM_LIMIT

LIMIT = 256 * 1024


def body(size: int) -> bytes:
    """A body of exactly ``size`` bytes that would be an acceptable note."""
    start, end = b'{"text": "tea"', b"}"
    return start + b" " * (size - len(start) - len(end)) + end


def send(house: Any, data: bytes, **options: Any) -> tuple[int, str | None]:
    given = {"content_type": "application/json", **options}
    answer = house.writer.post("/v1/notes", data=data, **given)
    return answer.status_code, answer.json.get("code")


def send_chunked(house: Any, path: str, data: bytes) -> Any:
    """A body without a length, as gunicorn hands over a chunked one."""
    return house.writer.post(
        path,
        input_stream=io.BytesIO(data),
        environ_overrides={"wsgi.input_terminated": True},
        content_type="application/json",
    )


def test_a_body_of_256_kb_is_taken_and_one_byte_more_refused(house: Any) -> None:
    assert send(house, body(LIMIT)) == (201, None)
    assert send(house, body(LIMIT + 1)) == (413, "body_too_large")


def test_a_body_without_a_length_is_held_to_the_same_limit(house: Any) -> None:
    within = send_chunked(house, "/v1/notes", body(LIMIT))
    beyond = send_chunked(house, "/v1/notes", body(LIMIT + 1))
    assert (within.status_code, beyond.status_code, beyond.json["code"]) == (
        201,
        413,
        "body_too_large",
    )


def test_a_stream_has_a_limit_of_its_own(house: Any) -> None:
    for size, status in ((STREAM_LIMIT, 201), (STREAM_LIMIT + 1, 413)):
        answer = house.writer.post("/v1/attachments", data=b"x" * size)
        assert answer.status_code == status
    assert send_chunked(house, "/v1/attachments", b"x" * STREAM_LIMIT).json == {
        "size": STREAM_LIMIT
    }
    assert send_chunked(house, "/v1/attachments", b"x" * (STREAM_LIMIT + 1)).status_code == 413


def test_a_stream_that_is_sent_again_is_recognised(house: Any) -> None:
    data = hashlib.shake_128(b"picture").digest(STREAM_LIMIT)
    first = house.writer.post("/v1/attachments", data=data, key="k")
    second = house.writer.post("/v1/attachments", data=data, key="k")
    other = house.writer.post("/v1/attachments", data=data[:-1] + b"x", key="k")
    assert first.json == second.json == {"size": STREAM_LIMIT}
    assert second.headers["Idempotency-Replayed"] == "true"
    assert other.json["code"] == "idempotency_key_reused"


@pytest.mark.parametrize(
    "type_", ["text/plain", "application/x-www-form-urlencoded", "text/json", None]
)
def test_a_body_of_another_type_is_refused(house: Any, type_: str | None) -> None:
    assert send(house, body(100), content_type=type_) == (415, "unsupported_media_type")


def test_a_charset_beside_the_type_does_no_harm(house: Any) -> None:
    assert send(house, body(100), content_type="application/json; charset=utf-8") == (201, None)


def test_a_compressed_body_is_refused(house: Any) -> None:
    status = send(house, body(100), headers={"Content-Encoding": "gzip"})
    assert status == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{'text': 'tea'}",
        b'{"text": "tea",}',
        b'{"text": "tea"} {}',
        b'{"text": "tea", "text": "coffee"}',
        b'{"text": "tea", "tags": [{"label": "a", "label": "b"}]}',
        b'{"text": NaN}',
        b'{"text": Infinity}',
        b'{"text": -Infinity}',
        b'{"text": 1e999}',
        b'{"text": -1e999}',
        b'{"text": ' + b"9" * 5000 + b"}",
        b'{"text": 9223372036854775808}',
        b'{"text": -9223372036854775809}',
        b'{"text": "\xff"}',
        b'{"text": "\xed\xa0\x80"}',
        b'{"text": "\\ud800"}',
        b'{"\\ud800": "tea"}',
        b'{"text": "a\\u0000b"}',
        b'{"text": "a\nb"}',
        '{"text": "tea"}'.encode("utf-16"),
        b"\xef\xbb\xbf{}",
    ],
)
def test_what_is_not_strictly_json_is_refused(house: Any, raw: bytes) -> None:
    assert send(house, raw) == (400, "malformed_json")


def nested(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


@pytest.mark.parametrize("levels", [21, 100, 100_000])
def test_json_deeper_than_20_levels_is_refused(house: Any, levels: int) -> None:
    assert send(house, nested(levels)) == (400, "json_too_deep")


def test_json_of_20_levels_is_read() -> None:
    assert json.dumps(read_json(nested(20))).encode() == nested(20)
    with pytest.raises(Problem) as refused:
        read_json(b'{"a":' * 21 + b"1" + b"}" * 21)
    assert refused.value.code == "json_too_deep"


def test_deep_json_is_refused_in_a_thread_with_a_small_stack() -> None:
    refused: list[str] = []

    def work() -> None:
        try:
            read_json(b'{"a":' * 50_000)
        except Problem as problem:
            refused.append(problem.code)

    before = threading.stack_size(256 * 1024)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    threading.stack_size(before)
    assert refused == ["json_too_deep"]


def test_brackets_in_texts_are_no_levels(house: Any) -> None:
    told = {"text": '[{"' * 50 + "\\" * 3}
    assert read_json(json.dumps(told).encode()) == told


@pytest.mark.parametrize("piece", [b'"', b'\\"', b'"\\', b'["]', b'{"'])
def test_no_body_takes_long_to_refuse(piece: bytes) -> None:
    before = time.process_time()
    with pytest.raises(Problem):
        read_json((b"[" + piece * LIMIT)[:LIMIT])
    assert time.process_time() - before < 2


def test_any_other_text_is_kept_as_it_is() -> None:
    told = {"text": "茶 \U0001f375 \u202e <b>'--", "n": [2**63 - 1, -(2**63), -2.5, True, None]}
    assert read_json(json.dumps(told, ensure_ascii=False).encode()) == told
    assert read_json(json.dumps(told).encode()) == told


@pytest.mark.parametrize("path", ["/v1/notes?cursor=%00", "/v1/notes%00", "/v1/notes/%00"])
def test_an_address_with_a_null_character_is_refused(house: Any, path: str) -> None:
    answer = house.writer.get(path)
    assert (answer.status_code, answer.json["code"]) == (400, "malformed_url")
