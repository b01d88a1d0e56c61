"""Every command on a joint inspection in every state: what the table allows, and nothing else."""

from datetime import UTC, date, datetime

import pytest

from customer.domain.inspection_states import TRANSITIONS, Command, State
from customer.domain.inspections import Inspection, InvitedUnit
from shared.ids import new_id
from shared.rules import Because, WrongState

BECAUSE = Because(pack="jointventure", version="1", clause="001-P12 L780", rule="AD-29")
DAY, NOW = date(2026, 3, 2), datetime(2026, 3, 2, tzinfo=UTC)
COMMANDS = {
    Command.HOLD: lambda one: one.hold(DAY, today=DAY),
    Command.FIND: lambda one: one.find("shop-01", "all well", by=new_id(), now=NOW),
    Command.CONCLUDE: lambda one: one.conclude("He is fit."),
    Command.CANCEL: lambda one: one.cancel("He declined."),
}


@pytest.mark.rule("AD-29")
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    ids = {"customer_id": new_id()}
    guest = InvitedUnit(inspection_id=new_id(), unit="shop-01", finding="well", **ids)
    one = Inspection(
        id=guest.inspection_id,
        org_unit="shop-01",
        purpose="his new yard",
        planned_on=DAY,
        organiser_id=new_id(),
        planned_at=NOW,
        because=BECAUSE,
        invited=[guest],
        state=state,
        **ids,
    )
    before = dict(vars(one)), dict(vars(guest))

    if command in TRANSITIONS[state]:
        COMMANDS[command](one)

        assert TRANSITIONS[state][command] == one.state
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](one)

        assert [one.value for one in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert before == (dict(vars(one)), dict(vars(guest)))
