"""The hand-over of a shift: two people sign the same list, or nobody does (WO-17)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from dispatch.domain.daily_checks import Answer, CheckSuperseded, HandedOver
from dispatch.domain.handover_lists import ListChanged, ReasonMissing
from dispatch.domain.handovers import (
    HandoverVoided,
    IncomingUnfit,
    NotOfUnit,
    NotTheIncoming,
    SameDispatcher,
    ShiftNotEnded,
    State,
)
from dispatch.domain.signatures import digest_of
from dispatch.use_cases.handover_reminders import REMINDER
from dispatch.use_cases.handovers import sign_handover
from dispatch.use_cases.work_orders import revise_work_order
from shared.rules import NotFound, WrongState

from .company import DISPATCHER, FRIDAY, SIGNED, SUPERVISOR, WORKER, asker
from .office import HEAD
from .shift_end import SECOND, UNIT, WHY, ShiftEnd

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
APPEARS = datetime(2026, 2, 13, 9, 50, tzinfo=UTC)
ENDS = datetime(2026, 2, 13, 10, tzinfo=UTC)


@pytest.fixture
def office(company, sessions, rulebook):
    return ShiftEnd(sessions, rulebook)


@pytest.fixture
def checked(office):
    """An order that the worker accepted stands on the list with its reason."""
    office.issue(reply_due_at=FRIDAY + 3 * DAY)
    office.accept()
    office.until(APPEARS)
    office.answer()
    return office


@pytest.mark.rule("WO-17")
def test_both_sign_the_same_list(checked):
    proposed = checked.propose()
    assert (proposed.state, proposed.from_id) == (State.PROPOSED, UUID(DISPATCHER.id))
    assert proposed.digest == digest_of(proposed.text) == proposed.outgoing.digest
    for part in (str(checked.order_id), '"accepted"', WHY.reason, WHY.instruction):
        assert part in proposed.text
    [told] = checked.told_of("handover_proposed")
    assert told["incoming_ids"] == [SUPERVISOR.id, SECOND.id]

    checked.until(ENDS)
    signed = checked.sign_list()
    assert (signed.state, signed.to_id) == (State.SIGNED, UUID(SECOND.id))
    assert (signed.incoming.digest, signed.incoming.at) == (proposed.digest, ENDS)
    assert checked.last().handed_over_at == ENDS
    [told] = checked.told_of("handover_signed")
    assert (told["from_id"], told["to_id"], told["orders"]) == (DISPATCHER.id, SECOND.id, 1)
    assert checked.due(REMINDER) is None


@pytest.mark.rule("WO-17")
def test_responsibility_goes_to_the_incoming_dispatcher(checked):
    given, draft = checked.order_id, checked.draft()
    checked.answer()
    checked.propose()
    checked.sign_list()

    for order_id in (given, draft):
        checked.order_id = order_id
        assert checked.found().dispatcher_id == UUID(SECOND.id)
    [told] = checked.told("handed_on")
    assert (told["from_id"], told["dispatcher_id"]) == (DISPATCHER.id, SECOND.id)
    assert told["reason"] == "handover"
    assert [one["dispatcher_id"] for one in checked.told("opened")][-1] == SECOND.id


def test_orders_of_others_stay_theirs(checked):
    checked.propose(by=SECOND)
    checked.sign_list(by=SUPERVISOR)
    assert checked.found().dispatcher_id == UUID(DISPATCHER.id)


CHANGES = {
    "an order went on": lambda office: office.start(),
    "an order was reported on": lambda office: office.report(),
    "an order was opened": lambda office: office.draft(),
    "a reason was changed": lambda office: office.answer(answer=replace(WHY, reason="Lost")),
    "an instruction was changed": lambda office: office.answer(
        answer=replace(WHY, instruction="Wait"), by=SECOND
    ),
    "an order ended": lambda office: [
        getattr(office, step)() for step in ("complete", "call_back", "sign", "archive")
    ],
}


@pytest.mark.rule("WO-17")
@pytest.mark.parametrize("change", CHANGES)
def test_a_list_that_changed_between_the_signatures_is_void(checked, change):
    first = checked.order_id
    checked.propose()
    CHANGES[change](checked)
    voided = checked.sign_list()

    assert (voided.state, voided.incoming, voided.to_id) == (State.VOIDED, None, None)
    differing = {checked.order_id} if change == "an order was opened" else {first}
    assert set(voided.differing) == differing
    [told] = checked.told_of("handover_voided")
    assert (told["reason"], told["from_id"]) == ("changed", DISPATCHER.id)
    assert told["work_order_ids"] == [str(one) for one in differing]
    assert (checked.last().handed_over_at, checked.told_of("handover_signed")) == (None, [])
    with pytest.raises(HandoverVoided) as refused:
        checked.sign_list()
    assert refused.value.extra["work_order_ids"] == [str(one) for one in differing]


@pytest.mark.rule("WO-17")
def test_after_it_is_void_the_list_is_proposed_and_signed_anew(checked):
    before = checked.propose().digest
    checked.start()
    checked.sign_list()
    fresh = checked.propose()

    assert fresh.digest != before
    assert checked.sign_list().state is State.SIGNED


def test_that_one_was_reminded_of_an_order_changes_nothing_of_the_list(office):
    office.issue(reply_due_at=FRIDAY + 18 * HOUR)  # Saturday 11:00 in Shanghai
    office.until(APPEARS)
    office.answer()
    office.propose()
    version = office.found().version
    office.until(FRIDAY + 19 * HOUR)

    assert office.found().version > version
    assert office.sign_list().state is State.SIGNED


def test_a_second_proposal_voids_the_first(checked):
    first = checked.propose()
    checked.propose(by=SECOND)
    [told] = checked.told_of("handover_voided")
    assert (told["handover_id"], told["reason"]) == (str(first.id), "superseded")
    how = {"signed": SIGNED, "digest": first.digest, "caller": SUPERVISOR}
    with pytest.raises(HandoverVoided):
        checked.do(sign_handover, first.id, **how)


@pytest.mark.rule("WO-17")
def test_each_open_order_needs_a_reason_before_it_is_handed_over(checked):
    later = checked.draft()
    with pytest.raises(ReasonMissing) as refused:
        checked.propose()
    assert refused.value.extra["work_order_ids"] == [str(later)]
    checked.answer()
    assert len(checked.propose().lines) == 2


def test_one_signs_what_one_has_seen(checked):
    seen = checked.propose().digest
    checked.answer(answer=Answer(reason="Lost", instruction="Buy one"))
    with pytest.raises(ListChanged) as refused:
        checked.propose(digest=seen)
    fresh = refused.value.extra["digest"]
    assert checked.propose(digest=fresh).digest == fresh
    with pytest.raises(ListChanged):
        checked.sign_list(digest=seen)
    assert checked.sign_list().state is State.SIGNED


def test_who_may_propose_and_who_may_sign(checked):
    head_of_shop = asker(20, "shop-01", "dispatcher")
    with checked.open() as tx:
        from .company import add

        add(tx, head_of_shop)
    for stranger, error in ((WORKER, NotFound), (head_of_shop, NotFound), (HEAD, NotFound)):
        with pytest.raises(error):
            checked.propose(by=stranger)
    seen_from_above = replace(head_of_shop, unit="hq")
    with pytest.raises(NotOfUnit):
        checked.propose(by=seen_from_above)
    with pytest.raises(IncomingUnfit):
        checked.propose(to=WORKER)

    checked.propose(to=SECOND)
    with pytest.raises(NotOfUnit):
        checked.sign_list(by=seen_from_above)
    with pytest.raises(SameDispatcher):
        checked.sign_list(by=DISPATCHER)
    assert checked.sign_list(by=SECOND).state is State.SIGNED


def test_who_is_named_or_a_superior_signs(checked):
    third = asker(21, UNIT, "dispatcher")
    with checked.open() as tx:
        from .company import add

        add(tx, third)
    checked.propose(to=SECOND)
    [told] = checked.told_of("handover_proposed")
    assert told["incoming_ids"] == [SECOND.id]
    with pytest.raises(NotTheIncoming):
        checked.sign_list(by=third)
    assert checked.sign_list(by=SUPERVISOR).state is State.SIGNED


@pytest.mark.rule("WO-17")
def test_who_is_alone_receives_from_himself_when_the_shift_has_ended(checked):
    checked.leave(SECOND)
    checked.leave(SUPERVISOR)
    checked.propose()
    assert checked.told_of("handover_proposed")[0]["incoming_ids"] == [DISPATCHER.id]
    with pytest.raises(ShiftNotEnded):
        checked.sign_list(by=DISPATCHER)
    checked.until(ENDS + 15 * HOUR)
    assert checked.sign_list(by=DISPATCHER).state is State.SIGNED
    assert checked.found().dispatcher_id == UUID(DISPATCHER.id)


def test_what_was_signed_is_closed(checked):
    checked.propose()
    checked.sign_list()
    with pytest.raises(HandedOver):
        checked.answer()
    with pytest.raises(HandedOver):
        checked.propose(by=SECOND)
    with pytest.raises(WrongState) as refused:
        checked.sign_list(by=SUPERVISOR)
    assert refused.value.extra["allowed"] == []


@pytest.mark.rule("WO-17")
def test_no_time_closes_a_handover_that_waits(checked):
    """It is reminded of, climbs, and can be signed on the next day, beside the next list."""
    checked.propose()
    first = checked.list_id
    checked.until(datetime(2026, 2, 14, 6, 45, tzinfo=UTC))
    told = checked.told_of("daily_check_reminded")
    assert [one["awaited"] for one in told] == ["signature", "signature"]
    assert told[0]["owner_ids"] == [SUPERVISOR.id, SECOND.id]
    assert [one["superior_id"] for one in told] == [None, SUPERVISOR.id]

    checked.until(APPEARS + DAY)
    assert checked.list_id != first
    with pytest.raises(CheckSuperseded):
        checked.propose(list_id=first)
    assert checked.sign_list().state is State.SIGNED
    assert (checked.last().handed_over_at, checked.due(REMINDER)) == (None, ENDS + DAY)


def test_an_empty_list_can_be_handed_over_and_nobody_is_reminded_of_it(office):
    office.issue()
    for step in ("accept", "complete", "call_back", "sign", "archive"):
        getattr(office, step)()
    office.until(ENDS + 20 * HOUR)
    assert office.told_of("daily_check_reminded") == []
    assert office.last().open == 0
    office.propose()
    assert office.sign_list().state is State.SIGNED


def test_an_order_is_revised_by_the_rules_after_it_was_handed_over(office):
    """What moved is as any other order of the incoming dispatcher."""
    office.draft()
    office.until(APPEARS)
    office.answer()
    office.propose()
    office.sign_list()
    with office.open(SECOND) as tx:
        order = tx.work_orders.get(office.order_id, SECOND)
        revise_work_order(tx, order, fresh={"place": "Gate 3"}, caller=SECOND)
    assert office.found().place == "Gate 3"
