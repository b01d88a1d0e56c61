"""Every command in every state: it leads where the table says, or changes nothing."""

from collections.abc import Callable
from copy import copy
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from dispatch.domain.call_backs import CallBack
from dispatch.domain.signatures import Signed
from dispatch.domain.work_order_states import TRANSITIONS, Command, Source, State
from dispatch.domain.work_orders import WorkOrder
from shared.policy import Policies, Rulebook
from shared.rules import Ruling, WrongState

NOW = datetime(2026, 2, 13, 9, 0, 41, tzinfo=UTC)
RECEIVER, DISPATCHER = UUID(int=4), UUID(int=2)
SIGNED = Signed(name="Zhang San")
Rulings = Callable[[str], Ruling]


@pytest.fixture
def ruling(rulebook: Rulebook, company: None, session: Session) -> Rulings:
    policies = Policies(rulebook, session)
    return lambda section: policies.ruling(section, unit="hq", on=date(2026, 2, 13))


def draft(**fields) -> WorkOrder:
    given = {
        "id": UUID(int=100),
        "org_unit": "dispatch-centre",
        "source": Source.MANUAL,
        "opened_at": NOW,
        "reply_due_at": NOW,
        "place": "Gate 2",
        "content": "Lock",
        "requirements": "Same make",
        "dispatcher_id": DISPATCHER,
        "receiver_id": RECEIVER,
    }
    return WorkOrder(**(given | fields))


def give(command: Command, order: WorkOrder, ruling: Rulings) -> None:
    """Give one command to an order as somebody does who may."""
    made = CallBack(at=NOW, by=DISPATCHER, method="telephone", satisfied=True, result="Good")
    closing = ruling("closing")
    match command:
        case Command.REVISE:
            order.revise(category="repair")
        case Command.ISSUE:
            rule = ruling("issuing")
            order.issue(by=DISPATCHER, rule=rule, take_number=lambda: "hq-000001", now=NOW)
        case Command.ACCEPT:
            order.accept(by=RECEIVER, signed=SIGNED, rule=ruling("accepting"), now=NOW)
        case Command.COMPLETE:
            rule = ruling("completing")
            order.complete(by=RECEIVER, remarks="Done", client=SIGNED, rule=rule, now=NOW)
        case Command.CALL_BACK:
            order.call_back(made, rule=closing)
        case Command.SIGN:
            order.sign(by=DISPATCHER, signed=SIGNED, rule=closing, now=NOW)
        case Command.REASSIGN:
            order.reassign(UUID(int=5), by=DISPATCHER, now=NOW)
        case Command.ARCHIVE:
            order.archive(by=DISPATCHER, rule=closing, now=NOW)


def reached(state: State, ruling: Rulings) -> WorkOrder:
    """An order that went the usual way as far as ``state``."""
    order = draft()
    for command in (c for c in Command if c not in (Command.REVISE, Command.REASSIGN)):
        if order.state is state:
            return order
        give(command, order, ruling)
    return order


STEPS_SKIPPED = {
    (State.COMPLETED, Command.SIGN): ["call_back"],
    (State.COMPLETED, Command.ARCHIVE): ["call_back", "sign"],
    (State.CALLED_BACK, Command.ARCHIVE): ["sign"],
}


@pytest.mark.rule("WO-15")
@pytest.mark.parametrize("command", Command)
@pytest.mark.parametrize("state", State)
def test_each_command_in_each_state_follows_the_table(state, command, ruling):
    order = reached(state, ruling)
    before = copy(vars(order))
    before.pop("_sa_instance_state", None)

    if command in TRANSITIONS[state] and (state, command) not in STEPS_SKIPPED:
        give(command, order, ruling)

        assert TRANSITIONS[state][command] is order.state
        return
    with pytest.raises(WrongState) as refused:
        give(command, order, ruling)

    assert before == {name: vars(order)[name] for name in before}
    if (state, command) in STEPS_SKIPPED:
        assert refused.value.code == "closing_step_missing"
        assert refused.value.extra["missing"] == STEPS_SKIPPED[state, command]
    else:
        assert refused.value.code == "wrong_state"
        assert refused.value.extra["allowed"] == [c.value for c in TRANSITIONS[state]]


def test_every_state_stands_in_the_table():
    assert set(State) == set(TRANSITIONS)


@pytest.mark.rule("WO-10")
def test_a_receiver_has_no_way_to_refuse():
    of_the_dispatcher = {Command.REASSIGN}
    assert {Command.ACCEPT} == TRANSITIONS[State.ISSUED].keys() - of_the_dispatcher
    assert {Command.COMPLETE} == TRANSITIONS[State.ACCEPTED].keys() - of_the_dispatcher
    assert not [c for c in Command if "reject" in c or "refuse" in c]
