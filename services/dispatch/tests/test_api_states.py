"""Every command in every state over HTTP: it leads where the table says, or the answer says why not
by its code, and nothing is changed in any table."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import NamedTuple

import pytest
from sqlalchemy.orm import Session, sessionmaker

from dispatch.domain.unable import Decision
from dispatch.domain.work_order_states import IN_HAND, TRANSITIONS, Command, State
from dispatch.use_cases.work_orders import issue_work_order

from .company import DISPATCHER, FRIDAY, WORKER, Asker
from .office import ENGINEER, HEAD, Office

SIGNATURE = {"name": "Zhang San"}
ENGINEER_INSTEAD = {"receiver_id": ENGINEER.id, "reason": "He has a lift"}


class Sent(NamedTuple):
    """A command as it is sent: by whom, whereto below the order, and what. ``gone``: after the
    receiver has left."""

    command: Command
    by: Asker
    path: str
    body: dict[str, object]
    gone: bool = False


def decision(command: Command, made: Decision, **more: str) -> Sent:
    return Sent(command, HEAD, "/decisions", {"decision": made, "reason": "So be it", **more})


HALF = {"text": "Half is done", "expected_at": (FRIDAY + timedelta(days=2)).isoformat()}
DONE = {"remarks": "Done", "client_signature": SIGNATURE}
CALLED = {"method": "telephone", "satisfied": True, "result": "Good"}
NEGLECTED = {"code": "completion_neglected", "evidence": "The diary of the centre"}
# To insist on the acceptance is sent as to insist: which of them it is, the order's past says.
SENT = {
    "revise": Sent(Command.REVISE, DISPATCHER, "", {"category": "repair"}),
    "assign": Sent(
        Command.ASSIGN,
        DISPATCHER,
        "/assignments",
        {"receiver_id": ENGINEER.id, "reason": "He knows the house"},
    ),
    "issue": Sent(Command.ISSUE, DISPATCHER, "/issues", {}),
    "accept": Sent(Command.ACCEPT, WORKER, "/acceptances", {"signature": SIGNATURE}),
    "start": Sent(Command.START, WORKER, "/starts", {}),
    "report progress": Sent(Command.REPORT_PROGRESS, WORKER, "/progress-reports", HALF),
    "report unable": Sent(Command.REPORT_UNABLE, WORKER, "/unable-reports", {"reason": "No lift"}),
    "complete": Sent(Command.COMPLETE, WORKER, "/completions", DONE),
    "call back": Sent(Command.CALL_BACK, DISPATCHER, "/call-backs", CALLED),
    "sign": Sent(Command.SIGN, DISPATCHER, "/signatures", {"signature": SIGNATURE}),
    "archive": Sent(Command.ARCHIVE, DISPATCHER, "/archives", {}),
    "take away": Sent(Command.REASSIGN, DISPATCHER, "/reassignments", ENGINEER_INSTEAD),
    "reassign": Sent(Command.REASSIGN, DISPATCHER, "/reassignments", ENGINEER_INSTEAD, gone=True),
    "decide to reassign": decision(Command.REASSIGN, Decision.REASSIGN, receiver_id=ENGINEER.id),
    "insist": decision(Command.INSIST, Decision.INSIST),
    "refer up": decision(Command.REFER_UP, Decision.REFER_UP),
    "cancel": decision(Command.CANCEL, Decision.CANCEL),
    "let the client sign": Sent(Command.OPEN_SIGN_OFF, DISPATCHER, "/sign-off-links", {}),
    "let him sign what was done": Sent(
        Command.CLIENT_SIGN, WORKER, "/sign-off-links", {"remarks": "Changed"}
    ),
    "print": Sent(Command.PRINT, DISPATCHER, "/prints", {"part": "stub"}),
    "record a breach": Sent(Command.RECORD_BREACH, DISPATCHER, "/breaches", NEGLECTED),
}
OTHERWISE = {
    # What lies before him the superior decides on; what a receiver who is there has is his.
    **{(state, "decide to reassign"): (409, "wrong_state") for state in IN_HAND},
    **{
        (state, "take away"): (409, "receiver_still_fit")
        for state in (*IN_HAND, State.UNABLE_REPORTED)
    },
    # Until it is issued an order is shown to those who dispatch alone.
    **{
        (State.DRAFT, name): (404, "not_found")
        for name, sent in SENT.items()
        if sent.by is not DISPATCHER
    },
    (State.COMPLETED, "sign"): (409, "closing_step_missing"),
    (State.COMPLETED, "archive"): (409, "closing_step_missing"),
    (State.CALLED_BACK, "archive"): (409, "closing_step_missing"),
}


def go(office: Office, state: State) -> None:
    """Bring an order to ``state``: the usual way, or that of a receiver who is unable."""
    off = state in (State.UNABLE_REPORTED, State.CANCELLED)
    unable = (office.unable, lambda: office.decide(Decision.CANCEL))
    closing = (office.complete, office.call_back, office.sign, office.archive)
    office.draft()
    for step in (
        lambda: office.on(issue_work_order, DISPATCHER),
        office.accept,
        office.start,
        office.report,
        *(unable if off else closing),
    ):
        if office.found().state is state:
            return
        step()


def database(sessions: sessionmaker[Session]) -> sqlite3.Connection:
    with sessions.kw["bind"].connect() as connection:
        found: sqlite3.Connection = connection.connection.driver_connection
    return found


@pytest.fixture(scope="module")
def made(parts, rulebook, founded) -> Callable[[State], tuple[Office, bytes]]:
    """An order in a state, and the database that holds it; made once."""

    @cache
    def at(state: State) -> tuple[Office, bytes]:
        database(parts.sessions).deserialize(founded)
        office = Office(parts.sessions, rulebook)
        go(office, state)
        return office, database(parts.sessions).serialize()

    return at


@pytest.fixture
def reached(app, parts, made) -> Callable[[State], Office]:
    """``reached(state)``: an order in that state, in the database of the application."""

    def at(state: State) -> Office:
        office, image = made(state)
        database(parts.sessions).deserialize(image)
        return office

    return at


@pytest.mark.parametrize("name", SENT)
@pytest.mark.parametrize("state", State)
def test_each_command_in_each_state_is_answered_by_the_table(send, parts, reached, state, name):
    office, sent = reached(state), SENT[name]
    path = f"/v1/work-orders/{office.order_id}"
    if sent.gone:
        office.leave(WORKER)
    seen = send(DISPATCHER, "GET", path)
    before = list(database(parts.sessions).iterdump())

    method, version = ("POST", {}) if sent.path else ("PATCH", {"if_match": seen.headers["ETag"]})
    answer = send(sent.by, method, f"{path}{sent.path}", sent.body, **version)

    after = send(DISPATCHER, "GET", path).json["state"]
    if (state, name) not in OTHERWISE and sent.command in TRANSITIONS[state]:
        assert answer.status_code in (200, 201), answer.json
        assert after == TRANSITIONS[state][sent.command]
        return
    assert OTHERWISE.get((state, name), (409, "wrong_state")) == (
        answer.status_code,
        answer.json["code"],
    )
    assert before == list(database(parts.sessions).iterdump())


def test_every_command_of_the_table_is_sent():
    assert {sent.command for sent in SENT.values()} == {*Command} - {Command.INSIST_ON_ACCEPTANCE}
