"""Printing over HTTP: print, list, fetch the PDF."""

import io
import json
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import g
from pypdf import PdfReader

from dispatch.main import create_app, create_parts
from dispatch.settings import Settings
from plain_type import plain_type
from shared.clock import SimulatedClock
from shared.testing import KEYS
from shared.transaction import reading

from .company import FRIDAY, ORDER, WORKER
from .sending import ISSUER, Client

SIGNATURE = {"name": "Zhang San"}


@pytest.fixture(scope="session")
def parts(key, tmp_path_factory):
    """The service with type of its own, whatever is installed on the machine."""
    folder = tmp_path_factory.mktemp("printing")
    jwks = folder / "jwks.json"
    jwks.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    settings = Settings(
        database_url="sqlite://",
        broker_url="memory://",
        jwks=str(jwks),
        issuer=ISSUER,
        font_paths=str(plain_type(folder)),
        **KEYS,
    )
    clock = SimulatedClock(folder / "clock.json", FRIDAY)
    made = create_parts(settings, clock=clock, told=lambda: None)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def served(parts):
    return create_app(parts)


@pytest.fixture
def path(send, cast):
    """An order that the worker is to accept."""
    body = {**ORDER, "reply_due_at": ORDER["reply_due_at"].isoformat()}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", {**body, "receiver_id": WORKER.id})
    path = f"/v1/work-orders/{made.json['work_order_id']}"
    send(cast.dispatcher, "POST", f"{path}/issues", {})
    return path


def asked(send, by, path, part="both", **more):
    return send(by, "POST", f"{path}/prints", {"part": part, **more})


@pytest.mark.rule("WO-02")
def test_both_parts_are_printed_and_fetched_as_pdf(send, cast, path):
    made = asked(send, cast.dispatcher, path)
    assert (made.status_code, made.json["number"]) == (201, 1)
    assert made.json["pdf"] == f"{path}/prints/1"
    stub, copy = made.json["parts"]
    assert (stub["part"], stub["copy_no"], copy["part"]) == ("stub", 1, "copy")
    assert (stub["printed_by"], stub["language"]) == (cast.dispatcher.id, "zh-CN")
    assert stub["because"] == {
        "pack": "property",
        "version": "1",
        "clause": "001-P5 L270",
        "rule": "WO-02",
    }

    answer = send(cast.supervisor, "GET", made.json["pdf"])
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=dispatch-centre-000001-1.pdf"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"%PDF-1.7")
    reader = PdfReader(io.BytesIO(answer.data))
    assert reader.metadata.title == "工作单 dispatch-centre-000001"
    assert send(cast.dispatcher, "GET", made.json["pdf"]).data == answer.data


@pytest.mark.rule("WO-02")
def test_the_paper_stays_the_same_while_the_order_goes_on(send, cast, path):
    made = asked(send, cast.dispatcher, path, "copy")
    before = send(cast.dispatcher, "GET", made.json["pdf"]).data
    send(cast.worker, "POST", f"{path}/acceptances", {"signature": SIGNATURE})

    assert send(cast.dispatcher, "GET", made.json["pdf"]).data == before
    again = asked(send, cast.worker, path, "copy")
    assert (again.json["number"], again.json["parts"][0]["copy_no"]) == (2, 2)
    assert send(cast.worker, "GET", again.json["pdf"]).data != before


@pytest.mark.rule("WO-02")
def test_the_log_lists_what_was_printed(send, cast, path):
    both = asked(send, cast.dispatcher, path).json["parts"]
    copy = asked(send, cast.worker, path, "copy").json["parts"]
    listed = send(cast.supervisor, "GET", f"{path}/prints").json["items"]
    assert listed == [*both, *copy]
    first = send(cast.supervisor, "GET", f"{path}/prints?limit=2").json
    assert (first["items"], bool(first["next_cursor"])) == (both, True)

    timeline = send(cast.supervisor, "GET", f"{path}/timeline").json["items"]
    noted = [one["data"]["copy_no"] for one in timeline if one["kind"] == "work_order_printed"]
    assert noted == [1, 1, 2]


def test_the_same_command_prints_once(send, cast, path):
    key = {"idempotency-key": "once"}
    answers = [
        send(cast.dispatcher, "POST", f"{path}/prints", {"part": "stub"}, **key) for _ in range(2)
    ]
    assert answers[0].json == answers[1].json
    assert len(send(cast.dispatcher, "GET", f"{path}/prints").json["items"]) == 1


@pytest.mark.parametrize(
    ("headers", "body", "language"),
    [
        ({}, {}, "zh-CN"),
        ({"accept_language": "en-GB,en;q=0.8,zh-CN;q=0.5"}, {}, "en"),
        ({"accept_language": "zh;q=0.9, en;q=0.3"}, {}, "zh-CN"),
        ({"accept_language": "fr"}, {}, "zh-CN"),
        ({"accept_language": "zh-CN"}, {"language": "en"}, "en"),
    ],
)
def test_the_form_speaks_the_language_of_its_reader(send, cast, path, headers, body, language):
    made = send(cast.dispatcher, "POST", f"{path}/prints", {"part": "stub", **body}, **headers)
    assert made.json["parts"][0]["language"] == language
    title = {"zh-CN": "工作单", "en": "Work order"}[language]
    pdf = send(cast.dispatcher, "GET", made.json["pdf"]).data
    assert PdfReader(io.BytesIO(pdf)).metadata.title.startswith(title)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"part": "third"},
        {"part": None},
        {"part": ["stub"]},
        {"part": "stub", "language": "fr"},
        {"part": "stub", "copy_no": 7},
        {"part": "stub", "digest": "0" * 64},
    ],
)
def test_what_cannot_be_printed_is_refused_and_changes_nothing(send, cast, path, body):
    answer = send(cast.dispatcher, "POST", f"{path}/prints", body)
    assert answer.status_code == 422
    assert send(cast.dispatcher, "GET", f"{path}/prints").json["items"] == []


@pytest.mark.rule("WO-02")
def test_drafts_are_not_printed(send, cast):
    body = {**ORDER, "reply_due_at": ORDER["reply_due_at"].isoformat()}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", {**body, "receiver_id": WORKER.id})
    path = f"/v1/work-orders/{made.json['work_order_id']}"
    answer = asked(send, cast.dispatcher, path)
    assert (answer.status_code, answer.json["code"]) == (409, "wrong_state")


def test_who_may_not_print_a_part_does_not_fetch_it_either(send, cast, path):
    refused = asked(send, cast.worker, path, "stub")
    assert (refused.status_code, refused.json["code"]) == (403, "may_not_print")
    assert refused.json["because"]["rule"] == "WO-02"

    both = asked(send, cast.dispatcher, path).json["pdf"]
    refused = send(cast.worker, "GET", both)
    assert (refused.status_code, refused.json["code"]) == (403, "may_not_print")
    auditor = cast.asker(70, "hq", "auditor")
    assert send(auditor, "GET", both).status_code == 403
    assert send(auditor, "GET", f"{path}/prints").status_code == 200
    stranger = cast.asker(71, "region-south", "repair_worker")
    assert send(stranger, "GET", both).status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "1000001", "-1", "x", "99999999999999999999"])
def test_what_was_not_printed_is_not_found(send, cast, path, number):
    asked(send, cast.dispatcher, path)
    assert send(cast.dispatcher, "GET", f"{path}/prints/{number}").status_code == 404


def test_no_session_is_open_while_a_paper_is_drawn(send, cast, path, monkeypatch):
    """A connection that waits for the press would be missing to everybody else."""
    made = asked(send, cast.dispatcher, path)
    seen = []

    @contextmanager
    def watched(sessions):
        seen.append("opened")
        with reading(sessions) as session:
            yield session
        seen.append("closed")

    def drawn(_press, _made):
        seen.append("drawn")
        return b"%PDF"

    monkeypatch.setattr("shared.web.commands.reading", watched)
    monkeypatch.setattr("dispatch.adapters.press.Press.print", drawn)
    assert send(cast.dispatcher, "GET", made.json["pdf"]).data == b"%PDF"
    assert seen == ["opened", "closed", "drawn"]


@pytest.mark.rule("WO-21")
def test_the_pack_shows_who_interprets_it(send, cast):
    pack = send(cast.dispatcher, "GET", "/v1/policies/property/1").json
    assert "Customer service department" in pack["document"]["owner"]


def test_type_is_looked_for_before_the_transaction_is_open(send, cast, path, monkeypatch):
    monkeypatch.setattr(
        "dispatch.adapters.press.Press.check", lambda _press: seen.append("tx" in g)
    )
    seen = []
    assert asked(send, cast.dispatcher, path).status_code == 201
    assert seen == [False]


class TestWithoutType:
    """Where no font with Chinese is installed."""

    @pytest.fixture
    def app(self, parts, founded, tmp_path, app):
        without = replace(parts, settings=replace(parts.settings, font_paths=str(tmp_path)))
        return create_app(without)

    @pytest.fixture
    def send(self, app, key):
        return Client(app, key)

    def test_nothing_is_printed_and_it_is_said_why(self, send, cast, path):
        answer = asked(send, cast.dispatcher, path)
        assert (answer.status_code, answer.json["code"]) == (503, "type_missing")
        assert send(cast.dispatcher, "GET", f"{path}/prints").json["items"] == []
        assert send(cast.dispatcher, "GET", path).status_code == 200
