"""Every command in every state: what the table allows happens, all else changes nothing."""

from datetime import UTC, datetime

import pytest

from customer.domain.grading_states import TRANSITIONS, Command, State
from customer.domain.gradings import Grading
from shared.ids import new_id
from shared.rules import Because, WrongState

BECAUSE = Because(pack="medical", version="1", clause="001-P10 L484", rule="CL-09")
NOW = datetime(2026, 3, 2, tzinfo=UTC)
HEAD = {"by": "head", "roles": ["department_head"], "now": NOW}
COMMANDS = {
    Command.APPROVE: lambda g: g.approve(**HEAD),
    Command.ACTIVATE: lambda g: g.activate(old=None, now=NOW),
    Command.REJECT: lambda g: g.reject(roles=["department_head"], reason="no", now=NOW),
    Command.SUPERSEDE: lambda g: g.supersede(),
}


def grading_in(state):
    return Grading(
        id=new_id(),
        customer_id=new_id(),
        unit="region-north",
        scheme="medical",
        product="",
        grade="vip",
        because=BECAUSE,
        proposed_by="sales",
        proposed_at=NOW,
        approvers=("department_head",),
        state=state,
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    grading = grading_in(state)
    before = dict(vars(grading))

    if command in TRANSITIONS[state]:
        COMMANDS[command](grading)

        assert TRANSITIONS[state][command] == grading.state
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](grading)

        assert [one.value for one in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert before == dict(vars(grading))


def test_every_state_can_be_reached():
    reached = {State.PROPOSED}
    for _ in State:
        reached |= {to for state in reached for to in TRANSITIONS[state].values()}

    assert set(State) == reached
