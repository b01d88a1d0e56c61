"""Every command on a summary of opinions in every state: what the table allows, nothing else."""

from datetime import UTC, date, datetime

import pytest

from customer.domain.opinion_states import TRANSITIONS, Command, State
from customer.domain.opinions import ActionKind, OpinionRule, OpinionSummary
from shared.ids import new_id
from shared.rules import Because, WrongState

DAY, NOW = date(2026, 4, 2), datetime(2026, 4, 2, tzinfo=UTC)
BECAUSE = Because(pack="bu-control", version="1", clause="004-T19 L520-L525", rule="VS-36")
RULE = OpinionRule(
    months=3,
    activities=("return_visit",),
    sections=("questions",),
    responsible=("department_head",),
    reasons=("service_failure",),
    action_days=30,
)
ASKED = {"kind": ActionKind.CORRECTIVE, "reason": "service_failure", "by": new_id()}
COMMANDS = {
    Command.DELEGATE: lambda one: one.delegate(new_id()),
    Command.ANALYSE: lambda one: one.analyse("too slow", by=new_id(), now=NOW),
    Command.REQUEST_ACTION: lambda one: one.request_action(
        RULE, action_id=new_id(), today=DAY, because=BECAUSE, **ASKED
    ),
}


def summary_in(state):
    return OpinionSummary(
        id=new_id(),
        org_unit="shop-01",
        period_from=date(2026, 1, 1),
        period_to=date(2026, 3, 31),
        from_at=NOW,
        until_at=NOW,
        units=("shop-01",),
        activities=RULE.activities,
        sections=RULE.sections,
        because=BECAUSE,
        opened_by=new_id(),
        opened_at=NOW,
        state=state,
    )


@pytest.mark.rule("VS-36")
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    one = summary_in(state)
    before = dict(vars(one))

    if command in TRANSITIONS[state]:
        COMMANDS[command](one)

        assert TRANSITIONS[state][command] == one.state
    else:
        with pytest.raises(WrongState):
            COMMANDS[command](one)

        assert before == dict(vars(one))


def test_an_action_is_due_as_many_days_later_as_the_packs_say():
    one = summary_in(State.ANALYSED)

    told = COMMANDS[Command.REQUEST_ACTION](one)

    assert date(2026, 5, 2) == one.action_due_on == told.due_on


@pytest.mark.parametrize(("months", "first", "last"), [(1, 2, 28), (3, 1, 31), (12, 1, 31)])
def test_a_period_has_whole_months(months, first, last):
    rule = OpinionRule(**{**vars(RULE), "months": months})

    end = rule.period_end(date(2025, first, 1), today=DAY, because=BECAUSE)

    assert (last, date(2025, first + months - 1, last)) == (end.day, end)
