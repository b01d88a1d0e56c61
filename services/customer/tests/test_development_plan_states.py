"""Every command on a development plan in every state: what the table allows, nothing else."""

from datetime import UTC, datetime

import pytest

from customer.domain.development_plan_states import TRANSITIONS, Command, State
from customer.domain.development_plans import DevelopmentPlan, PlanPart
from shared.ids import new_id
from shared.rules import Because, WrongState

NOW = datetime(2026, 3, 2, tzinfo=UTC)
BECAUSE = Because(pack="medical", version="1", clause="001-P10 L452", rule="VS-15")
COMMANDS = {
    Command.AGREE: lambda plan: plan.agree("region-north", by=new_id(), now=NOW),
    Command.CONCLUDE: lambda plan: plan.agree("region-north", by=new_id(), now=NOW),
    Command.REVISE: lambda plan: plan.revise(needs="more", plan="more", by=new_id()),
}


@pytest.mark.rule("VS-15")
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    units = ["region-north"] if command is Command.CONCLUDE else ["region-north", "region-south"]
    id_ = new_id()
    plan = DevelopmentPlan(
        id=id_,
        customer_id=new_id(),
        org_unit="shop-01",
        needs="beds",
        plan="a contract",
        because=BECAUSE,
        coordinated_by=new_id(),
        proposed_at=NOW,
        state=state,
        parts=[PlanPart(plan_id=id_, unit=unit) for unit in units],
    )
    before = dict(vars(plan))

    if command in TRANSITIONS[state]:
        COMMANDS[command](plan)

        assert TRANSITIONS[state][command] == plan.state
    else:
        with pytest.raises(WrongState):
            COMMANDS[command](plan)

        assert before == dict(vars(plan))
