"""Every command in every state: it leads where the table says, or changes nothing."""

from collections.abc import Callable
from copy import copy
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from dispatch.domain.assignment import Assignment, assign
from dispatch.domain.breaches import BreachRule, Liable, check_recording
from dispatch.domain.call_backs import CallBack
from dispatch.domain.prints import check_printable
from dispatch.domain.progress import Progress, report_progress
from dispatch.domain.sign_offs import SignOffLink, open_link, write_remarks
from dispatch.domain.signatures import Signed
from dispatch.domain.unable import cancel, insist, lay_before, reassign, report_unable
from dispatch.domain.work_order_states import (
    ENDS,
    IN_HAND,
    TRANSITIONS,
    Command,
    Source,
    State,
)
from dispatch.domain.work_orders import WorkOrder
from shared.policy import Policies, Rulebook
from shared.rules import Ruling, WrongState

NOW = datetime(2026, 2, 13, 9, 0, 41, tzinfo=UTC)
RECEIVER, DISPATCHER, SUPERIOR = UUID(int=4), UUID(int=2), UUID(int=8)
SIGNED = Signed(name="Zhang San")
DECIDED = {"by": SUPERIOR, "reason": "There is a lift", "now": NOW}
NEGLECTED = BreachRule(code="completion_neglected", liable=Liable.RECEIVER, amount=Decimal(30))
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
        case Command.ASSIGN:
            assign(order, Assignment(at=NOW, by=DISPATCHER, receiver_id=RECEIVER, reason="His"))
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
        case Command.START:
            order.start(by=RECEIVER)
        case Command.REPORT_PROGRESS:
            half = Progress(text="Half", percent=50, expected_at=NOW + timedelta(days=1))
            report_progress(order, half, by=RECEIVER, now=NOW)
        case Command.REPORT_UNABLE:
            report_unable(order, by=RECEIVER, reason="No lift", now=NOW)
        case Command.REASSIGN if order.state is State.UNABLE_REPORTED:
            reassign(order, UUID(int=5), **DECIDED)
        case Command.REASSIGN:
            order.reassign(UUID(int=5), by=DISPATCHER, now=NOW)
        case Command.INSIST | Command.INSIST_ON_ACCEPTANCE:
            insist(order, **DECIDED)
        case Command.REFER_UP:
            lay_before(order, UUID(int=9))
        case Command.CANCEL:
            cancel(order, **DECIDED)
        case Command.RECORD_BREACH:
            check_recording(order, Ruling(NEGLECTED, closing.because), items=1, by=DISPATCHER)
        case Command.OPEN_SIGN_OFF:
            opened(order, ruling)
        case Command.CLIENT_SIGN:
            given_out = draft(state=State.ACCEPTED, order_no="hq-000001")
            write_remarks(opened(given_out, ruling), order, "Done", by=RECEIVER)
        case Command.PRINT:
            check_printable(order)
        case Command.ARCHIVE:
            order.archive(by=DISPATCHER, rule=closing, now=NOW)


def opened(order: WorkOrder, ruling: Rulings) -> SignOffLink:
    given = {"id": UUID(int=200), "code_digest": b"", "by": DISPATCHER, "now": NOW}
    return open_link(order, rule=ruling("sign_off"), **given)


def reached(state: State, ruling: Rulings) -> WorkOrder:
    """An order that went to ``state``: the usual way, or the one of a receiver who is unable."""
    order = draft()
    off = (State.UNABLE_REPORTED, State.CANCELLED)
    for command in UNABLE if state in off else USUAL:
        if order.state is state:
            return order
        give(command, order, ruling)
        order.decider_id = order.decider_id or SUPERIOR
    return order


USUAL = (
    Command.ISSUE,
    Command.ACCEPT,
    Command.START,
    Command.REPORT_PROGRESS,
    Command.COMPLETE,
    Command.CALL_BACK,
    Command.SIGN,
    Command.ARCHIVE,
)
UNABLE = (*USUAL[:3], Command.REPORT_UNABLE, Command.CANCEL)
# To insist leads where the receiver was: this one had accepted.
ELSEWHERE = {(State.UNABLE_REPORTED, Command.INSIST_ON_ACCEPTANCE): State.IN_PROGRESS}
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

        wanted = ELSEWHERE.get((state, command), TRANSITIONS[state][command])
        assert wanted is order.state
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
def test_who_insists_on_an_order_that_was_not_accepted_asks_for_the_acceptance(ruling):
    order = draft()
    for command in (Command.ISSUE, Command.REPORT_UNABLE):
        give(command, order, ruling)
    order.decider_id = SUPERIOR
    give(Command.INSIST, order, ruling)

    assert (State.ISSUED, RECEIVER) == (order.state, order.receiver_id)


@pytest.mark.rule("WO-10")
@pytest.mark.parametrize("state", sorted(IN_HAND))
def test_a_receiver_has_no_way_to_refuse(state):
    of_others = {Command.REASSIGN, Command.RECORD_BREACH}
    of_others |= {Command.OPEN_SIGN_OFF, Command.CLIENT_SIGN, Command.PRINT}
    work = {Command.ACCEPT, Command.START, Command.REPORT_PROGRESS, Command.COMPLETE}
    assert {Command.REPORT_UNABLE} == TRANSITIONS[state].keys() - of_others - work
    assert not [c for c in Command if "reject" in c or "refuse" in c]


@pytest.mark.rule("WO-01")
def test_an_order_ends_in_the_archive_or_by_the_word_of_a_superior():
    leaving = {s for s in State if set(TRANSITIONS[s].values()) - {s}}
    assert ENDS == set(State) - leaving
    assert {State.SIGNED, State.CALLED_BACK, State.COMPLETED, State.UNABLE_REPORTED} == {
        s for s in leaving if ENDS & set(TRANSITIONS[s].values())
    }
