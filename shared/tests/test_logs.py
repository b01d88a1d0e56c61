import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from shared import logs

CANARIES = ("13812345678", "+8613812345678", "lihua@example.com")


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The lines that were logged since the last look."""
    stream = io.StringIO()
    before, level = logging.getLogger().handlers[:], logging.getLogger().level
    logs.configure("complaint", level="DEBUG", stream=stream)

    def read() -> list[dict[str, Any]]:
        raw = stream.getvalue()
        stream.seek(0)
        stream.truncate()
        return [json.loads(line) for line in raw.splitlines()]

    yield read
    logging.getLogger().handlers = before
    logging.getLogger().setLevel(level)


def test_a_line_is_one_json_object_with_time_service_and_level(lines: Any) -> None:
    logging.getLogger("shared.relay").warning("outbox_delayed", extra={"age": 7})
    [line] = lines()
    assert line.pop("at").endswith("Z")
    assert line == {
        "event": "outbox_delayed",
        "logger": "shared.relay",
        "level": "warning",
        "age": 7,
        "service": "complaint",
    }


def test_both_ways_of_logging_look_the_same(lines: Any) -> None:
    logging.getLogger("a").info("told", extra={"n": 1})
    structlog.get_logger("a").info("told", n=1)
    first, second = lines()
    assert {**first, "at": None} == {**second, "at": None}


def test_what_is_bound_to_the_request_is_in_every_line(lines: Any) -> None:
    structlog.contextvars.bind_contextvars(request_id="r-1")
    logging.getLogger("a").info("told")
    structlog.get_logger("a").info("told")
    structlog.contextvars.clear_contextvars()
    assert [line["request_id"] for line in lines()] == ["r-1", "r-1"]


@pytest.mark.parametrize(
    "text",
    [
        "a\nlevel=error fake",
        "a\r\n{}",
        "\x1b[2J\x1b[31m",
        "a\x00b",
        "a\x7fb",
        "a\x85b\x9bc",
        "a\u2028b\u202eb",
        '","level":"error',
    ],
)
def test_no_text_can_forge_a_line_or_move_a_cursor(text: str) -> None:
    stream = io.StringIO()
    record = logging.LogRecord("a", logging.INFO, "", 0, text, None, None)
    record.__dict__["extra_text"] = "not used"
    record.__dict__["input"] = {text: [text]}
    stream.write(logs.formatter("complaint").format(record))
    written = stream.getvalue()
    assert len(written.splitlines()) == 1
    assert all(" " <= char <= "~" for char in written)
    assert json.loads(written)["level"] == "info"


@pytest.mark.parametrize(
    "key",
    [
        "name",
        "customer_name",
        "phone",
        "Phone",
        "contact_phone",
        "email",
        "address",
        "body",
        "token",
        "access_token",
        "authorization",
        "Authorization",
        "password",
        "client_secret",
        "cookie",
        "payload",
    ],
)
def test_what_is_personal_or_secret_by_its_name_is_not_logged(lines: Any, key: str) -> None:
    structlog.get_logger("a").info("told", **{key: "canary"})
    structlog.get_logger("a").info("told", inner=[{"deeper": {key: ["canary"]}}])
    assert "canary" not in json.dumps(lines())


def test_ids_are_logged_as_they_are(lines: Any) -> None:
    one = "0190b8a0-1381-7345-8138-123456780001"
    structlog.get_logger("a").info("told", complaint_id=one, position=13812345678901, ok=True)
    [line] = lines()
    assert (line["complaint_id"], line["position"], line["ok"]) == (one, 13812345678901, True)


@pytest.mark.parametrize("canary", CANARIES)
def test_telephone_numbers_and_addresses_are_taken_out_of_any_text(lines: Any, canary: str) -> None:
    logging.getLogger("a").info("called %s twice", canary)
    structlog.get_logger("a").info("told", reason=f"({canary})")
    told = lines()
    assert canary not in json.dumps(told)
    assert told[0]["event"] == "called [redacted] twice"


def test_an_error_is_told_by_class_and_place_and_not_by_its_text(lines: Any) -> None:
    try:
        try:
            raise KeyError("canary")
        except KeyError as error:
            raise ValueError("canary too") from error
    except ValueError:
        logging.getLogger("a").exception("failed")
        structlog.get_logger("a").exception("failed")
    for line in lines():
        assert "canary" not in json.dumps(line)
        assert line["error"] == "ValueError"
        assert "KeyError" in line["places"]
        assert any("test_logs.py" in place for place in line["places"])


@pytest.mark.parametrize("library", ["kombu", "amqp.connection", "pika.adapters", "sqlalchemy"])
def test_foreign_libraries_speak_without_their_arguments(lines: Any, library: str) -> None:
    logging.getLogger(library).critical("Can't decode message body: %r", b"canary")
    logging.getLogger(library).info("chatter")
    assert [line["event"] for line in lines()] == ["Can't decode message body: %r"]


def test_a_line_is_bounded(lines: Any) -> None:
    logging.getLogger("a").info("x" * 100_000)
    [line] = lines()
    assert line["event"] == "x" * 1000


def test_configuring_twice_does_not_write_twice() -> None:
    before = logging.getLogger().handlers[:]
    stream = io.StringIO()
    for _ in range(2):
        logs.configure("complaint", stream=stream)
    logging.getLogger("a").warning("once")
    logging.getLogger().handlers = before
    assert len(stream.getvalue().splitlines()) == 1
