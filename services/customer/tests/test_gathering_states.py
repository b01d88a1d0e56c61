"""Every command on a gathering in every state: what the table allows, and nothing else."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from customer.domain.gathering_states import TRANSITIONS, Command, State
from customer.domain.gatherings import ApprovalRule, FundingRule, Gathering, Kind
from shared.ids import new_id
from shared.rules import RuleBroken

DAY = date(2026, 3, 2)
ROLES = ("marketing_division", "branch_leader", "general_manager")
RULE = ApprovalRule(large_attendees=50, large_budget=Decimal(20), approvers=ROLES)
WHO = {"roles": frozenset(ROLES), "by": new_id()}
FUNDER = {"roles": frozenset({"finance_centre"}), "by": new_id()}
COMMANDS = {
    Command.SUBMIT: lambda g: g.submit(),
    Command.APPROVE: lambda g: g.approve(RULE, **WHO),
    Command.REFUSE: lambda g: g.refuse(RULE, reason="too dear", **WHO),
    Command.FUND: lambda g: g.fund(FundingRule("finance_centre"), **FUNDER),
    Command.HOLD: lambda g: g.hold(RULE, held_on=DAY, today=DAY),
    Command.HOLD_SMALL: lambda g: g.hold(RULE, held_on=DAY, today=DAY),
    Command.REPORT: lambda g: g.report("all came", by=new_id()),
    Command.CLOSE: lambda g: g.close(by=new_id()),
    Command.CANCEL: lambda g: g.cancel(),
}


@pytest.mark.rule("VS-09")
@pytest.mark.rule("VS-10")
@pytest.mark.rule("VS-37")
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    one = Gathering(
        id=new_id(),
        org_unit="shop-01",
        kind=Kind.FORUM,
        title="Spring forum",
        plan="in the hall",
        agenda=(),
        planned_on=DAY,
        attendees=5 if command is Command.HOLD_SMALL else 50,
        organiser_id=new_id(),
        drafted_at=datetime(2026, 3, 1, tzinfo=UTC),
        state=state,
    )
    allowed = TRANSITIONS[state]
    # A small gathering that was approved all the same is held as any other.
    if command is Command.HOLD_SMALL and state is State.GM_OK:
        command = Command.HOLD
    before = dict(vars(one))

    if command in allowed:
        COMMANDS[command](one)

        assert allowed[command] == one.state
    else:
        with pytest.raises(RuleBroken):
            COMMANDS[command](one)

        assert before == dict(vars(one))
