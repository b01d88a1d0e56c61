"""Every command on a communication in every state: what the table allows, and nothing else."""

from datetime import UTC, datetime

import pytest

from customer.domain.communication_states import TRANSITIONS, Command, State
from customer.domain.communications import Communication, Kind
from shared.ids import new_id
from shared.rules import WrongState

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
COMMANDS = {
    Command.HOLD: lambda c: c.hold(held_at=NOON, now=NOON, plan_first=False),
    Command.CANCEL: lambda c: c.cancel(),
    Command.REPORT_OVERDUE: lambda c: c.report_overdue(supervisor_id=None),
    Command.RECORD: lambda c: c.record({"principles": ()}, known=[], by=new_id(), now=NOON),
    Command.CHECK: lambda c: c.check(by=new_id(), now=NOON),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    one = Communication(
        id=new_id(),
        customer_id=new_id(),
        org_unit="shop-01",
        kind=Kind.DAILY,
        mode="telephone",
        purpose="prices",
        agenda="prices",
        planned_for=NOON,
        planned_by=new_id(),
        planned_at=NOON,
        state=state,
    )
    before = dict(vars(one))

    if command in TRANSITIONS[state]:
        COMMANDS[command](one)

        assert TRANSITIONS[state][command] == one.state
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](one)

        assert [c.value for c in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert before == dict(vars(one))
