"""Every command in every state: what the table allows happens, all else changes nothing."""

from datetime import UTC, date, datetime

import pytest

from customer.domain.benefit_states import TRANSITIONS, Command, State
from customer.domain.benefits import Benefit, BenefitRule, Evidence
from shared.ids import new_id
from shared.rules import Because, WrongState

BECAUSE = Because(pack="jointventure", version="1", clause="001-P12 L810", rule="CL-35")
NOW = datetime(2026, 3, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)
RULE = BenefitRule(
    discount=5,
    services=(),
    criteria=("cooperation",),
    look_back_months=12,
    months=12,
    proposers=("office",),
    approvers=("manager",),
)
MANAGER = {"by": "manager-1", "roles": ["manager"]}
COMMANDS = {
    Command.APPROVE: lambda b: b.approve(RULE, **MANAGER, today=TODAY, now=NOW),
    Command.REJECT: lambda b: b.reject(RULE, **MANAGER, reason="no", now=NOW),
    Command.WITHDRAW: lambda b: b.withdraw(RULE, roles=["office", "manager"], reason="late"),
    Command.EXPIRE: lambda b: b.expire(),
}


def benefit_in(state):
    return Benefit(
        id=new_id(),
        customer_id=new_id(),
        org_unit="region-north",
        year=2026,
        rank=1,
        discount=5,
        services=(),
        evidence=(Evidence(criterion="cooperation", text="a letter", seen_on=TODAY),),
        because=BECAUSE,
        proposed_by="office-1",
        proposed_at=NOW,
        state=state,
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    benefit = benefit_in(state)
    before = dict(vars(benefit))

    if command in TRANSITIONS[state]:
        COMMANDS[command](benefit)

        assert TRANSITIONS[state][command] == benefit.state
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](benefit)

        assert [one.value for one in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert before == dict(vars(benefit))


def test_every_state_can_be_reached():
    reached = {State.PROPOSED}
    for _ in State:
        reached |= {to for state in reached for to in TRANSITIONS[state].values()}

    assert set(State) == reached
