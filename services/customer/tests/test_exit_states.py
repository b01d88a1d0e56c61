"""Every command on an exit case in every state: what the table allows, and nothing else."""

from datetime import UTC, datetime

import pytest

from customer.domain.blacklist_rules import SamePerson
from customer.domain.exit_states import TRANSITIONS, Command, State
from customer.domain.exits import ExitCase, Kind, NotTheProposer
from shared.ids import new_id
from shared.rules import Because, WrongState

BECAUSE = Because(pack="generic", version="1", clause="000 S75", rule="AD-23")
NOW = datetime(2026, 3, 2, tzinfo=UTC)
DECISION = {"now": NOW, "opinion": "so be it", "because": BECAUSE}
COMMANDS = {
    Command.APPROVE: lambda case: case.decide(Command.APPROVE, by="head", **DECISION),
    Command.REJECT: lambda case: case.decide(Command.REJECT, by="head", **DECISION),
    Command.WITHDRAW: lambda case: case.withdraw(by="sales", now=NOW),
}


def case_in(state):
    return ExitCase(
        id=new_id(),
        customer_id=new_id(),
        org_unit="shop-01",
        kind=Kind.TERMINATE,
        reason_code="high_risk",
        reason="never pays",
        evidence="invoices",
        because=BECAUSE,
        proposed_by="sales",
        proposed_at=NOW,
        state=state,
    )


@pytest.mark.rule("AD-23")
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    case = case_in(state)
    before = dict(vars(case))

    if command in TRANSITIONS[state]:
        told = COMMANDS[command](case)

        assert TRANSITIONS[state][command] == case.state == told.outcome
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](case)

        assert [one.value for one in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert before == dict(vars(case))


@pytest.mark.rule("AD-23")
@pytest.mark.parametrize("command", [Command.APPROVE, Command.REJECT])
def test_nobody_decides_on_what_he_proposed(command):
    case = case_in(State.PROPOSED)

    with pytest.raises(SamePerson):
        case.decide(command, by="sales", **DECISION)

    assert (State.PROPOSED, None) == (case.state, case.opinion)


def test_nobody_withdraws_what_another_proposed():
    case = case_in(State.PROPOSED)

    with pytest.raises(NotTheProposer):
        case.withdraw(by="head", now=NOW)

    assert (State.PROPOSED, None) == (case.state, case.decided_by)
