"""What the services tell and log while people work holds no personal data (S34) and no control
character (S43); what is no JSON is kept and never unpacked (S42)."""

import io
import json
import logging
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from kombu.messaging import Producer
from sqlalchemy import Table, select

from embedded.house import House
from notify.adapters.messages import Message
from shared import logs, memory_broker
from shared.clock import SimulatedClock
from shared.tables import (
    audit,
    idempotency_keys,
    inbox,
    inbox_quarantine,
    inbox_subjects,
    journal,
    outbox,
    timers,
)
from shared.topology import EVENTS, SERVICES, subscribers
from shared.transaction import reading

from . import served
from .cast import EMAIL, NORTH, PERSON, PERSONAL, PHONE, person_id
from .flow import Flow, waited
from .story import FREE, lived, start_of_story

MARK = FREE.partition("\r")[0]
HEARD_IN_PRIVATE = {
    "complaint": {"customer.issue_described.v1"},
    "dispatch": {"complaint.field_work_described.v1", "customer.service_described.v1"},
    "notify": {
        "complaint.case_contact_described.v1",
        "complaint.case_news_arose.v1",
        "customer.contact_changed.v1",
        "customer.contact_erased.v1",
        "dispatch.person_contact_changed.v1",
    },
}
ENCRYPTING = ("complaint", "customer", "dispatch", "notify")
SECRET = f"{PERSON} {PHONE} {EMAIL} {FREE}"


@pytest.fixture(scope="module")
def logged() -> Iterator[io.StringIO]:
    """Everything that the process logs, at the level that says most."""
    stream, root = io.StringIO(), logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure("house", level="DEBUG", stream=stream)
    yield stream
    root.handlers = before
    root.setLevel(level)


@pytest.fixture(scope="module")
def flow(logged: io.StringIO, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flow]:
    """The house after the whole flow, at rest and still running."""
    home = tmp_path_factory.mktemp("house")
    clock = SimulatedClock(home / "clock.json", start_of_story())
    made = Flow(House(home, tuple(served.SERVICES.values()), clock=clock), clock)
    made.start()
    try:
        lived(made)
        yield made
    finally:
        made.house.stop()


def rows(flow: Flow, service: str, table: Table) -> list[Any]:
    with reading(flow.house.parts[service].sessions) as session:
        return list(session.execute(select(table)))


def personal(text: str) -> list[str]:
    """What of the personal canaries stands in a text, escaped or not."""
    forms = {canary: {canary, json.dumps(canary)[1:-1]} for canary in PERSONAL}
    return [canary for canary, written in forms.items() if any(one in text for one in written)]


# S34: the flow did what it was for, so that an empty search means something.
def test_the_flow_reached_every_part(flow: Flow) -> None:
    told = {row.type for service in SERVICES for row in rows(flow, service, outbox)}
    assert told >= {
        "complaint.closed.v1",
        "complaint.first_contact_breached.v1",
        "customer.contact_changed.v1",
        "customer.visit_completed.v1",
        "dispatch.person_contact_changed.v1",
        "dispatch.work_order_archived.v1",
        "notify.care_sent.v1",
    }
    with reading(flow.house.parts["notify"].sessions) as session:
        assert any(PERSON in (one.body or "") for one in session.scalars(select(Message)))


# S34, S28: what every service and other systems may read.
@pytest.mark.parametrize("service", SERVICES)
def test_a_public_event_holds_no_personal_data(flow: Flow, service: str) -> None:
    public = [row for row in rows(flow, service, outbox) if not row.private]
    assert public
    assert [(row.type, personal(row.body)) for row in public if personal(row.body)] == []
    assert [row.type for row in public if MARK in row.body] == []


# S34: personal data is gone from both ends once it was handled.
@pytest.mark.parametrize("service", SERVICES)
def test_what_was_told_in_private_is_cleared_after_use(flow: Flow, service: str) -> None:
    sent = [row.body for row in rows(flow, service, outbox) if row.private]
    came = [row for row in rows(flow, service, inbox) if row.private]
    assert set(sent) <= {""}
    assert {row.body for row in came} <= {""}
    assert {row.type for row in came} == HEARD_IN_PRIVATE.get(service, set())


# S34
@pytest.mark.parametrize("service", SERVICES)
def test_what_the_plumbing_keeps_holds_no_personal_data(flow: Flow, service: str) -> None:
    for table in (inbox, inbox_subjects, timers, journal, audit):
        found = [(table.name, personal(repr(row))) for row in rows(flow, service, table)]
        assert [one for one in found if one[1]] == []


# S33: whoever gets hold of a database without its keys finds nobody's number or address.
@pytest.mark.rule("CF-11")
@pytest.mark.parametrize("service", [name for name in SERVICES if name in ENCRYPTING])
def test_a_dump_holds_no_number_and_no_address(flow: Flow, service: str) -> None:
    with reading(flow.house.parts[service].sessions) as session:
        database = session.connection().connection.driver_connection
        dump = "\n".join(database.iterdump())
    assert "INSERT INTO" in dump
    numbers = [canary for canary in PERSONAL if canary != PERSON]
    assert [one for one in numbers if one in dump or one.encode().hex() in dump.lower()] == []


# S34: answers kept for repetitions are as masked as answers are; the staff goes by its names.
@pytest.mark.parametrize("service", SERVICES)
def test_kept_answers_hold_no_number_and_no_address(flow: Flow, service: str) -> None:
    kept = repr(rows(flow, service, idempotency_keys))
    assert set(personal(kept)) <= {PERSON}


# S34, S43: every line is one JSON object in plain ASCII, and says nothing of what people wrote.
def test_the_log_holds_no_canary_and_no_control_character(flow: Flow, logged: io.StringIO) -> None:
    text = logged.getvalue()
    lines = [json.loads(line) for line in text.split("\n") if line]
    assert {line["event"] for line in lines} >= {"request", "message"}
    assert (personal(text), MARK in text, "eyJ" in text) == ([], False, False)
    assert {char for char in text if not " " <= char <= "~"} == {"\n"}


# S34
@pytest.mark.parametrize("service", SERVICES)
def test_metrics_hold_no_canary(flow: Flow, service: str) -> None:
    answer = flow.apps[service].test_client().get("/metrics")
    assert answer.status_code == 200
    assert (personal(answer.text), MARK in answer.text) == ([], False)


# S34, S43: a refusal does not repeat what was sent.
def test_refusals_hold_no_personal_data(flow: Flow) -> None:
    assert len(flow.refusals) > 20
    found = [(answer.request.path, personal(answer.text)) for answer in flow.refusals]
    assert [one for one in found if one[1]] == []
    assert {answer.status_code for answer in flow.refusals} >= {400, 401, 404, 409, 415, 422}


class Unpacked:
    """What makes a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return Path.touch, (self.mark,)


# S42
@pytest.mark.parametrize(
    "content_type", ["application/x-python-serialize", "application/x-yaml", "application/data"]
)
def test_a_pickled_message_is_quarantined_and_never_unpacked(
    flow: Flow, tmp_path: Path, content_type: str
) -> None:
    mark, type_ = tmp_path / "unpacked", "complaint.filed.v1"
    body = pickle.dumps([Unpacked(mark), content_type])
    with memory_broker.connect() as connection, connection.channel() as channel:
        Producer(channel).publish(
            body,
            exchange=EVENTS,
            routing_key=type_,
            content_type=content_type,
            content_encoding="binary",
        )
    for service in subscribers(type_, private=False):
        (row,) = waited(
            lambda service=service: [
                one for one in rows(flow, service, inbox_quarantine) if one.raw == body
            ]
        )
        assert row.reason == "content_type"
    assert not mark.exists()


def fail(*_: Any, **__: Any) -> NoReturn:
    raise RuntimeError(SECRET)


# S34, S44: an exception that quotes a person is told by class and place alone.
def test_a_failing_view_leaves_no_text_in_the_log(
    flow: Flow, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dispatch.api.people.reveal_person", fail)
    path = f"/v1/people/{person_id('repair_worker', NORTH)}/reveals"
    seen = len(logged.getvalue())
    answer = flow.acts("dispatch", "hr_administrator").post(path, {"reason": FREE})
    text = logged.getvalue()[seen:]
    assert (answer.status_code, personal(answer.text)) == (500, [])
    assert "RuntimeError" in text
    assert (personal(text), MARK in text) == ([], False)


# It comes last, since the event that cannot be applied stays in its inbox.
# S34, S44: an exception that quotes a person is told by class and place, in the log and in the row.
def test_a_failing_handler_leaves_no_text_behind(
    flow: Flow, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notify.consumers.keep_contact", fail)
    hr = flow.acts("dispatch", "hr_administrator", "hq")
    path = f"/v1/people/{person_id('repair_worker', NORTH)}"
    assert hr.patch(path, {"name": f"{PERSON} II"}, version=1).status_code == 200
    errors = waited(lambda: [row for row in rows(flow, "notify", inbox) if row.last_error])
    assert personal(repr([row.last_error for row in errors])) == []
    assert "RuntimeError" in errors[0].last_error
    assert "RuntimeError" in logged.getvalue()
    assert (personal(logged.getvalue()), MARK in logged.getvalue()) == ([], False)
