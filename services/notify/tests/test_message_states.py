"""Every state with every command: what leads where, and what is refused."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from notify.domain.message_states import TRANSITIONS, Command, State, Why
from notify.domain.messages import Intent, Message, Urgency
from notify.domain.templates import Template, Wording
from shared.ids import new_id
from shared.rules import Because, WrongState

from .conftest import HANDLER, MONDAY

WORDING = Wording(title="t", body="b")
TEMPLATE = Template(code="visit_due", language="en", version=0, wording=WORDING)
LATER = MONDAY + timedelta(minutes=1)

CLAUSE = Because(pack="decency", version="1", clause="inferred", rule="CM-18")

DIGEST = SimpleNamespace(channel="smtp", sent_at=LATER, state_reason=None, state_because=None)

COMMANDS: dict[Command, Any] = {
    Command.HOLD: lambda message: message.hold(
        Why.CONTACT_UNKNOWN, LATER, until=LATER, because=CLAUSE
    ),
    Command.RELEASE: lambda message: message.release(TEMPLATE, WORDING, ("smtp", "log"), LATER),
    Command.SUPPRESS: lambda message: message.suppress(Why.TOO_LATE, LATER),
    Command.CANCEL: lambda message: message.cancel(Why.WITHDRAWN, LATER),
    Command.CLAIM: lambda message: message.claim("log", lease_until=LATER, now=LATER),
    Command.DELIVER: lambda message: message.deliver(LATER, reached=True),
    Command.POSTPONE: lambda message: message.postpone("later", retry_at=LATER, now=LATER),
    Command.FAIL: lambda message: message.fail("smtp_550", LATER),
    Command.DOUBT: lambda message: message.doubt("smtp_interrupted", LATER),
    Command.CARRY: lambda message: message.follow(DIGEST, Command.CARRY, LATER),
    Command.DROP: lambda message: message.follow(DIGEST, Command.DROP, LATER),
    Command.CONFIRM: lambda message: message.confirm(LATER),
    Command.BOUNCE: lambda message: message.bounce("sms_undelivered", LATER),
}


def message_in(state):
    intent = Intent(
        reason="visit_due",
        subject="visit/1",
        occurrence="2026-03-05",
        person_id=HANDLER,
        org_unit="shop-01",
        template="visit_due",
        urgency=Urgency.NORMAL,
        route=("smtp", "log"),
        words={},
        expires_at=LATER,
        because=Because(pack="notices", version="1", clause="000 S35", rule="VS-43"),
    )
    message = Message.of(intent, id=new_id(), now=MONDAY)
    message.state = state
    return message


def fields_of(message):
    return {name: value for name, value in vars(message).items() if not name.startswith("_")}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_leads_where_the_table_says_or_changes_nothing(state, command):
    message = message_in(state)
    before = fields_of(message)
    if command in TRANSITIONS[state]:
        COMMANDS[command](message)
        assert (TRANSITIONS[state][command], LATER) == (message.state, message.changed_at)
        return

    with pytest.raises(WrongState) as refused:
        COMMANDS[command](message)
    allowed = sorted(one.value for one in TRANSITIONS[state])
    assert ("wrong_state", allowed) == (refused.value.code, refused.value.extra["allowed"])
    assert before == fields_of(message)


def test_every_state_stands_in_the_table():
    assert set(State) == set(TRANSITIONS)
    assert set(Command) == set(COMMANDS)


def test_a_channel_that_is_chosen_leaves_the_route_behind_it():
    message = message_in(State.HELD)
    message.release(TEMPLATE, WORDING, ("smtp", "webhook", "log"), LATER)
    first = message.channel, message.route
    message.claim("webhook", lease_until=LATER, now=LATER)

    assert ("smtp", ("webhook", "log")) == first
    assert ("webhook", ("log",)) == (message.channel, message.route)


@pytest.mark.parametrize(
    ("state", "expected"), [(State.PLANNED, State.UNKNOWN), (State.HELD, State.CANCELLED)]
)
def test_what_may_have_arrived_is_not_called_cancelled(state, expected):
    message = message_in(state)
    message.doubted_at = MONDAY if state is State.PLANNED else None
    message.cancel(Why.OVERTAKEN, LATER, because=CLAUSE)

    assert (expected, Why.OVERTAKEN, CLAUSE) == (
        message.state,
        message.state_reason,
        message.state_because,
    )


def test_the_clause_of_a_state_goes_with_the_state():
    message = message_in(State.HELD)
    message.hold(Why.CONTACT_UNKNOWN, LATER, until=LATER, because=CLAUSE)
    held = message.state_because, message.held_until
    message.resume(LATER)

    assert (CLAUSE, LATER) == held
    assert (State.PLANNED, None, None) == (
        message.state,
        message.state_because,
        message.held_until,
    )
