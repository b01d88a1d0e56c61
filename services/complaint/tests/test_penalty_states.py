"""Every command in every state of a penalty: what the table allows happens, all else changes
nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from complaint.domain.penalties import Penalty
from complaint.domain.penalty_rules import Liable, PenaltyRule
from complaint.domain.staff import Caller
from shared.ids import new_id
from shared.penalties import Breach, PenaltyCommand, PenaltyState, Per
from shared.penalties.rules import QuantityInvalid
from shared.penalties.states import BY_ITSELF, TRANSITIONS
from shared.rules import Because, Ruling, WrongState

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
BECAUSE = Because(pack="franchise", version="1", clause="001-P4 L196", rule="CP-33")
THIRTY = PenaltyRule(
    code="late", lowest=Decimal("30.00"), highest=Decimal("30.00"), liable=Liable.HANDLER
)
MANAGER = Caller(new_id(), frozenset(), "hq")
COMMANDS = {
    PenaltyCommand.CONFIRM: lambda p: p.confirm(MANAGER, amount=None, reason=None, now=NOW),
    PenaltyCommand.WAIVE: lambda p: p.waive(MANAGER, reason="he was ill", now=NOW),
    PenaltyCommand.POST: lambda p: p.post(MANAGER.id, now=NOW),
    PenaltyCommand.WITHDRAW: lambda p: p.withdraw(),
    PenaltyCommand.PROPOSE_AGAIN: lambda p: p.propose_again(now=NOW),
}
TOLD = {
    PenaltyCommand.CONFIRM: "complaint.penalty_confirmed.v1",
    PenaltyCommand.WAIVE: "complaint.penalty_waived.v1",
    PenaltyCommand.POST: "complaint.penalty_posted.v1",
    PenaltyCommand.WITHDRAW: "complaint.penalty_withdrawn.v1",
    PenaltyCommand.PROPOSE_AGAIN: "complaint.penalty_proposed.v1",
}


def penalty(state):
    breach = Breach("CP-33", "late", f"complaint/{new_id()}", new_id(), date(2026, 3, 2))
    rule = Ruling(THIRTY, BECAUSE)
    made = Penalty.of(rule, breach, id=new_id(), org_unit="shop-01", now=NOW, cause="contact")
    made.state = state
    if state in (PenaltyState.CONFIRMED, PenaltyState.POSTED):
        made.amount = THIRTY.lowest
    return made


@pytest.mark.rule("ST-30")
@pytest.mark.parametrize("command", PenaltyCommand)
@pytest.mark.parametrize("state", PenaltyState)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    one = penalty(state)
    before = dict(vars(one))

    if command in TRANSITIONS[state]:
        assert COMMANDS[command](one).type == TOLD[command]
        assert one.state is TRANSITIONS[state][command]
        return
    with pytest.raises(WrongState) as refused:
        COMMANDS[command](one)
    possible = [known.value for known in TRANSITIONS[state] if known not in BY_ITSELF]
    assert refused.value.extra == {"state": state.value, "allowed": possible}
    assert vars(one) == before


@pytest.mark.rule("ST-30")
def test_what_is_counted_by_item_costs_for_each_and_all_else_once():
    counted = PenaltyRule(
        code="blank",
        lowest=Decimal("30.00"),
        highest=Decimal("30.00"),
        per=Per.ITEM,
        liable=Liable.HANDLER,
    )
    breach = Breach("WO-09", "blank", f"work_order/{new_id()}", new_id(), date(2026, 3, 2))
    told = {"id": new_id(), "org_unit": "shop-01", "now": NOW, "quantity": 3}

    made = Penalty.of(Ruling(counted, BECAUSE), breach, **told)

    assert (Decimal("90.00"), Decimal("90.00"), 3) == (made.lowest, made.highest, made.quantity)
    with pytest.raises(QuantityInvalid):
        Penalty.of(Ruling(THIRTY, BECAUSE), breach, **told)
