"""Every command in every state: what the table allows happens, all else changes nothing."""

from datetime import UTC, date, datetime

import pytest

from customer.domain.visit_reports import VisitRecord
from customer.domain.visit_rules import VisitMode
from customer.domain.visit_states import OPEN, TRANSITIONS, Command, State
from customer.domain.visits import Visit
from shared.ids import new_id
from shared.rules import Because, WrongState

BECAUSE = Because(pack="generic", version="1", clause="000 S36", rule="VS-01")
TODAY = date(2026, 3, 2)

COMMANDS = {
    Command.REMIND: lambda v: v.remind(because=BECAUSE),
    Command.REPORT_OVERDUE: lambda v: v.report_overdue(supervisor_id=None, because=BECAUSE),
    Command.ESCALATE: lambda v: v.escalate(superior_id=None, because=BECAUSE),
    Command.APPOINT: lambda v: v.appoint(TODAY, today=TODAY),
    Command.COMPLETE: lambda v: v.complete(
        completed_on=TODAY,
        mode=VisitMode.TELEPHONE,
        report="all well",
        record=VisitRecord(),
        by=new_id(),
        today=TODAY,
        now=datetime(2026, 3, 2, tzinfo=UTC),
    ),
    Command.CANCEL: lambda v: v.cancel("visitor_changed"),
}


def visit_in(state):
    return Visit(
        id=new_id(),
        customer_id=new_id(),
        org_unit="shop-01",
        activity="return_visit",
        role="customer_service_team",
        visitor_id=new_id(),
        supervisor_id=None,
        due_on=TODAY,
        because=BECAUSE,
        planned_at=datetime(2026, 2, 2, tzinfo=UTC),
        state=state,
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    visit = visit_in(state)
    before = dict(vars(visit))

    if command in TRANSITIONS[state]:
        COMMANDS[command](visit)

        assert TRANSITIONS[state][command] == visit.state
    else:
        with pytest.raises(WrongState) as refused:
            COMMANDS[command](visit)

        assert "wrong_state" == refused.value.code
        assert [one.value for one in TRANSITIONS[state]] == refused.value.extra["allowed"]
        assert before == dict(vars(visit))


def test_every_state_can_be_reached_and_only_ended_visits_take_no_command():
    reached = {State.PLANNED}
    for _ in State:
        reached |= {to for state in reached for to in TRANSITIONS[state].values()}

    assert set(State) == reached
    assert set(State) - set(OPEN) == {state for state in State if not TRANSITIONS[state]}
