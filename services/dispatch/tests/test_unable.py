"""A receiver who is unable: superiors decide, level by level (WO-10)."""

from datetime import timedelta
from uuid import UUID

import pytest

from dispatch.domain.deadlines import Awaited
from dispatch.domain.unable import Decision, NotTheDecider, ReceiverUnchanged, TopMustDecide
from dispatch.domain.work_order_rules import NotTheReceiver, ReceiverUnfit
from dispatch.domain.work_order_states import State
from shared.rules import WrongState
from shared.transaction import timeline

from .company import CLERK, DISPATCHER, SUPERVISOR, WORKER
from .office import ENGINEER, HEAD, MANAGER, Office

pytestmark = pytest.mark.rule("WO-10")
HOURS = timedelta(hours=1)


@pytest.fixture
def office(company, sessions, rulebook):
    return Office(sessions, rulebook)


@pytest.fixture
def unable(office):
    """An order whose receiver reported on Friday afternoon that he cannot carry it out."""
    office.issue(reply_due_at=office.now + timedelta(days=30))
    office.accept()
    office.unable()
    return office


def test_the_order_is_laid_before_the_receivers_superior_and_stays_the_receivers(unable):
    order = unable.found()

    assert (order.state, order.awaited) == (State.UNABLE_REPORTED, Awaited.DECISION)
    assert (order.receiver_id, order.decider_id) == (UUID(WORKER.id), UUID(HEAD.id))
    [told] = unable.told("unable_reported")
    assert told["decider_id"] == HEAD.id
    assert told["decision_due_at"] == order.next_due_at.isoformat()


def test_a_decision_is_due_in_the_working_time_of_the_pack(unable):
    """Friday 17:00:41.5 and four working hours: what is left of Friday, and the make-up Saturday
    from 9:00 over lunch."""
    assert unable.found().next_due_at.isoformat() == "2026-02-14T05:00:41.500000+00:00"


def test_to_insist_gives_the_order_back_to_the_work(unable):
    order = unable.decide(Decision.INSIST)

    assert (order.state, order.receiver_id) == (State.IN_PROGRESS, UUID(WORKER.id))
    assert order.accepted_at
    assert (order.awaited, order.next_due_at) == (Awaited.REPLY, order.reply_due_at)
    [told] = unable.told("unable_decided")
    assert (told["decision"], told["receiver_id"]) == ("insist", WORKER.id)
    assert order.unable_report.decision_reason == "So be it"


def test_to_insist_before_the_acceptance_leaves_the_acceptance_to_be_given(office):
    office.issue()
    office.unable()
    order = office.decide(Decision.INSIST)

    assert (order.state, order.accepted_at) == (State.ISSUED, None)
    office.accept()


def test_another_who_gets_the_order_accepts_it_anew_under_its_number(unable):
    number = unable.found().order_no
    order = unable.decide(Decision.REASSIGN, receiver=ENGINEER)

    assert (order.state, order.receiver_id) == (State.ISSUED, UUID(ENGINEER.id))
    assert (order.order_no, order.dispatcher_id) == (number, UUID(DISPATCHER.id))
    assert order.acceptance is None
    assert [told["receiver_id"] for told in unable.told("issued")] == [WORKER.id, ENGINEER.id]
    unable.accept(ENGINEER)


def test_a_cancelled_order_has_ended_and_whoever_asked_is_told(unable):
    order = unable.decide(Decision.CANCEL)

    assert (order.state, order.cancelled_by) == (State.CANCELLED, UUID(HEAD.id))
    assert (order.awaited, order.next_due_at, unable.waiting()) == (None, None, [])
    [told] = unable.told("cancelled")
    assert told["cancelled_by"] == HEAD.id
    assert [one["decision"] for one in unable.told("unable_decided")] == ["cancel"]


def test_a_superior_may_refer_the_decision_up_and_the_top_must_decide(unable):
    order = unable.decide(Decision.REFER_UP)
    assert order.decider_id == UUID(MANAGER.id)
    assert [told["reason"] for told in unable.told("decision_referred")] == ["referred"]

    with pytest.raises(TopMustDecide):
        unable.decide(Decision.REFER_UP, by=MANAGER)
    with pytest.raises(NotTheDecider):
        unable.decide(Decision.INSIST, by=HEAD)
    assert unable.decide(Decision.INSIST, by=MANAGER).state is State.IN_PROGRESS


@pytest.mark.parametrize("by", [WORKER, DISPATCHER, SUPERVISOR, MANAGER])
def test_nobody_decides_in_the_place_of_the_superior(unable, by):
    with pytest.raises(NotTheDecider):
        unable.decide(Decision.CANCEL, by=by)
    assert unable.found().state is State.UNABLE_REPORTED


def test_only_the_receiver_reports_that_he_is_unable(office):
    office.issue()
    with pytest.raises(NotTheReceiver):
        office.unable(DISPATCHER)


def test_who_has_reported_waits_for_the_decision(unable):
    for again in (unable.unable, unable.start, unable.report, unable.complete, unable.accept):
        with pytest.raises(WrongState):
            again()


def test_nothing_is_decided_that_was_not_reported(office):
    office.issue()
    with pytest.raises(WrongState):
        office.decide(Decision.CANCEL)


@pytest.mark.parametrize(("to", "refusal"), [(WORKER, ReceiverUnchanged), (CLERK, ReceiverUnfit)])
def test_an_order_goes_to_another_who_may_receive(unable, to, refusal):
    with pytest.raises(refusal):
        unable.decide(Decision.REASSIGN, receiver=to)
    assert unable.found().state is State.UNABLE_REPORTED


def test_one_does_not_insist_on_somebody_who_is_gone(unable):
    unable.leave(WORKER)
    with pytest.raises(ReceiverUnfit):
        unable.decide(Decision.INSIST)
    assert unable.decide(Decision.REASSIGN, receiver=ENGINEER).state is State.ISSUED


def test_a_decision_that_is_overdue_goes_a_level_up_and_at_the_top_one_reminds(unable):
    due_at = unable.found().next_due_at
    unable.until(due_at)
    assert unable.found().decider_id == UUID(HEAD.id)

    unable.until(due_at + timedelta(seconds=1))
    order = unable.found()
    assert order.decider_id == UUID(MANAGER.id)
    assert order.next_due_at > due_at + 4 * HOURS - timedelta(seconds=1)
    [told] = unable.told("decision_referred")
    assert (told["reason"], told["from_id"]) == ("overdue", HEAD.id)

    unable.until(order.next_due_at + timedelta(days=14))
    reminders = unable.told("reminded")
    assert len(reminders) > 2
    assert {one["awaited"] for one in reminders} == {"decision"}
    assert {tuple(one["owner_ids"]) for one in reminders} == {(MANAGER.id,)}
    assert unable.found().decider_id == UUID(MANAGER.id)


def test_the_next_superior_decides_where_the_first_is_gone(office):
    office.issue()
    office.leave(HEAD)
    office.unable()
    assert office.found().decider_id == UUID(MANAGER.id)


def test_a_superior_who_leaves_while_he_has_to_decide_is_followed_by_the_next(unable):
    unable.leave(HEAD)

    assert unable.found().decider_id == UUID(MANAGER.id)
    assert [told["reason"] for told in unable.told("decision_referred")] == ["gone"]


def test_where_nobody_is_above_the_receiver_a_supervisor_of_the_unit_decides(office):
    office.change(WORKER, superior_id=None)
    office.issue()
    office.unable()
    assert office.found().decider_id == UUID(SUPERVISOR.id)

    office.leave(SUPERVISOR)
    assert office.found().decider_id == UUID(MANAGER.id)


def test_with_nobody_else_left_the_dispatcher_decides(office):
    office.issue()
    for one in (HEAD, MANAGER, SUPERVISOR):
        office.leave(one)
    office.unable()

    assert office.found().decider_id == UUID(DISPATCHER.id)
    assert office.decide(Decision.CANCEL, by=DISPATCHER).state is State.CANCELLED


def test_while_nobody_can_decide_one_looks_again(office):
    office.issue()
    for one in (HEAD, MANAGER, SUPERVISOR, DISPATCHER):
        office.leave(one)
    office.unable()
    assert (office.found().decider_id, office.told("unable_reported")[0]["decider_id"]) == (
        None,
        None,
    )

    office.return_(HEAD)
    office.until(office.now + timedelta(days=5))
    assert office.found().decider_id == UUID(HEAD.id)
    [told] = office.told("decision_referred")
    assert (told["reason"], told["from_id"]) == ("gone", None)


def test_a_superior_sees_the_order_wherever_it_lies(unable):
    with unable.open() as tx:
        assert HEAD.unit != tx.work_orders.known(unable.order_id).org_unit
        assert tx.work_orders.get(unable.order_id, HEAD)


def test_what_was_signed_before_stays_in_the_timeline(unable):
    unable.decide(Decision.REASSIGN, receiver=ENGINEER)

    with unable.open() as tx:
        kinds = [row.kind for row in timeline(tx.session, f"work_order/{unable.order_id}")]
    assert {"work_order_reassigned", "unable_decided"} <= set(kinds)
