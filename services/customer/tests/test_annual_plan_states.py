"""Every command on a visit plan of a year in every state: what the table allows, nothing else."""

from datetime import UTC, datetime

import pytest

from customer.domain.annual_plan_states import TRANSITIONS, Command, State
from customer.domain.annual_plans import AnnualPlan, PlanRow, PlanRule
from shared.ids import new_id
from shared.rules import Because, WrongState

BECAUSE = Because(pack="medical", version="1", clause="001-P10 L642", rule="VS-12")
RULE = PlanRule(("sales",), ("department_head",), ("marketing_division",))
WHO = {"roles": {"department_head", "marketing_division"}, "by": new_id(), "because": BECAUSE}


def row():
    return PlanRow(plan_id=new_id(), customer_id=new_id(), visits={"visit": 12}, complete=True)


COMMANDS = {
    Command.FILL: lambda plan: plan.fill(2, up_to=new_id()),
    Command.FINISH: lambda plan: plan.fill(2, up_to=None),
    Command.PROPOSE: lambda plan: plan.propose(
        row(), {"sales": "more"}, rule=RULE, because=BECAUSE
    ),
    Command.SUBMIT: lambda plan: plan.submit(RULE, **WHO),
    Command.RETURN: lambda plan: plan.send_back(RULE, reason="too thin", **WHO),
    Command.APPROVE: lambda plan: plan.approve(RULE, **WHO),
}


@pytest.mark.rule("VS-12")
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    plan = AnnualPlan(
        id=new_id(),
        org_unit="shop-01",
        year=2027,
        sales_plan="Sales plan 2027",
        because=BECAUSE,
        drafted_by=new_id(),
        drafted_at=datetime(2026, 3, 2, tzinfo=UTC),
        state=state,
    )
    before = dict(vars(plan))

    if command in TRANSITIONS[state]:
        COMMANDS[command](plan)

        assert TRANSITIONS[state][command] == plan.state
    else:
        with pytest.raises(WrongState):
            COMMANDS[command](plan)

        assert before == dict(vars(plan))
