"""Broken rules on work orders: found, recorded, counted, and never twice (WO-09, WO-11, WO-16)."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from dispatch.domain.breaches import (
    AcceptedAlready,
    BreachKnown,
    BreachUnknown,
    ItemsInvalid,
    MayNotRecordBreach,
    OwnBreach,
)
from dispatch.domain.unable import Decision
from dispatch.domain.work_order_rules import MandatoryBlank, PaperNotAllowed
from dispatch.domain.work_order_states import State
from shared.policy import activate, add_pack
from shared.rules import WrongState

from .company import DISPATCHER, SUPERVISOR, WORKER
from .office import ENGINEER, HEAD, MANAGER, Office

BLANK = {"place": None, "content": " ", "requirements": None}


@pytest.fixture
def office(company, sessions, rulebook):
    return Office(sessions, rulebook)


@pytest.mark.rule("WO-09", "WO-07")
@pytest.mark.parametrize(("items", "amount"), [(1, "30.00"), (2, "60.00"), (3, "90.00")])
def test_the_blanks_of_an_order_from_paper_are_counted(office, items, amount):
    office.issue(from_paper=True, **dict(list(BLANK.items())[:items]))

    [breach] = office.breaches()
    assert (breach.code, breach.items, str(breach.amount)) == ("item_blank", items, amount)
    assert (breach.person_id, breach.because.clause) == (UUID(DISPATCHER.id), "001-P5 L280")
    assert office.found().state is State.ISSUED
    assert office.found().from_paper
    [told] = office.told("breach_recorded")
    assert (told["items"], told["amount"]) == (items, amount)


@pytest.mark.rule("WO-09")
def test_an_order_from_paper_without_a_blank_breaks_nothing(office):
    office.issue(from_paper=True)
    assert office.breaches() == []


@pytest.mark.rule("WO-07")
@pytest.mark.parametrize(("from_paper", "blank"), [(False, "place"), (True, "receiver_id")])
def test_without_paper_nothing_may_be_blank_and_with_it_not_everything(office, from_paper, blank):
    with pytest.raises(MandatoryBlank):
        office.issue(from_paper=from_paper, **{blank: None})
    assert (office.found().state, office.breaches()) == (State.DRAFT, [])


@pytest.mark.rule("WO-09")
def test_where_the_pack_wants_no_paper_none_is_entered(office, rulebook):
    document = dict(rulebook.of_builtin("property", "1").document)
    sections = {**document["sections"]}
    closed = {**sections["paper_mode"]["rules"][0], "value": {"allowed": False}}
    sections["paper_mode"] = {**sections["paper_mode"], "rules": [closed]}
    with office.open() as tx:
        add_pack(tx, {**document, "pack": "paperless", "sections": sections}, rulebook)
        activate(tx, "dispatch-centre", ["paperless"], tx.now.date(), rulebook=rulebook)

    with pytest.raises(PaperNotAllowed):
        office.issue(from_paper=True, place=None)


@pytest.mark.rule("WO-09")
def test_unclear_items_are_counted_by_who_checks_them(office):
    office.issue()
    breach = office.record("item_unclear", SUPERVISOR, items=2)

    assert (breach.items, breach.amount, breach.person_id) == (2, 60, UUID(DISPATCHER.id))
    assert (breach.recorded_by, breach.evidence) == (UUID(SUPERVISOR.id), "A witness")


@pytest.mark.rule("WO-11", "WO-10")
def test_a_refusal_is_recorded_and_the_order_stays_with_the_receiver(office):
    office.issue()
    breach = office.record("refusal", DISPATCHER)

    assert (breach.person_id, breach.amount) == (UUID(WORKER.id), Decimal(100))
    order = office.found()
    assert (order.state, order.receiver_id) == (State.ISSUED, UUID(WORKER.id))
    assert order.next_due_at == order.reply_due_at
    office.accept()


@pytest.mark.rule("WO-11")
def test_who_has_signed_for_an_order_has_not_refused_it(office):
    office.issue()
    office.accept()
    with pytest.raises(AcceptedAlready):
        office.record("refusal", DISPATCHER)


@pytest.mark.rule("WO-11")
@pytest.mark.parametrize("by", [HEAD, MANAGER])
def test_unreasonable_dispatch_is_recorded_by_a_superior_of_the_receiver(office, by):
    office.issue()
    breach = office.record("unreasonable_dispatch", by)

    assert (breach.person_id, breach.amount) == (UUID(DISPATCHER.id), Decimal(30))


@pytest.mark.rule("WO-11")
@pytest.mark.parametrize(
    ("code", "by"),
    [
        ("unreasonable_dispatch", WORKER),
        ("unreasonable_dispatch", SUPERVISOR),
        ("refusal", WORKER),
        ("refusal", HEAD),
        ("late_unreported", SUPERVISOR),
        ("item_blank", SUPERVISOR),
    ],
)
def test_others_record_no_breach(office, code, by):
    office.issue()
    with pytest.raises(MayNotRecordBreach):
        office.record(code, by)
    assert office.breaches() == []


@pytest.mark.rule("WO-16")
@pytest.mark.parametrize(
    ("code", "liable", "by"),
    [("completion_neglected", WORKER, DISPATCHER), ("closing_neglected", DISPATCHER, SUPERVISOR)],
)
def test_what_is_neglected_at_the_end_of_an_order_is_recorded(office, code, liable, by):
    office.issue()
    office.accept()
    office.complete()
    breach = office.record(code, by)

    assert (breach.person_id, breach.amount) == (UUID(liable.id), Decimal(30))
    assert breach.because.rule == "WO-16"
    office.call_back()
    office.sign()
    office.archive()
    with pytest.raises(BreachKnown):
        office.record(code, by)


@pytest.mark.rule("WO-11")
def test_a_breach_is_recorded_once_each_time_the_order_is_given_out(office):
    office.issue()
    office.record("refusal", DISPATCHER)
    with pytest.raises(BreachKnown):
        office.record("refusal", SUPERVISOR)

    office.unable()
    office.now += timedelta(minutes=1)
    office.decide(Decision.REASSIGN, receiver=ENGINEER)
    office.record("refusal", DISPATCHER)
    persons = [breach.person_id for breach in office.breaches()]
    assert persons == [UUID(WORKER.id), UUID(ENGINEER.id)]


def test_nobody_records_his_own_breach(office):
    office.issue()
    office.leave(DISPATCHER)
    with pytest.raises(OwnBreach):
        office.record("closing_neglected", SUPERVISOR)


def test_a_draft_was_given_to_nobody_who_could_break_a_rule(office):
    office.draft()
    with pytest.raises(WrongState):
        office.record("refusal", DISPATCHER)


def test_a_breach_that_no_pack_names_is_refused(office):
    office.issue()
    with pytest.raises(BreachUnknown):
        office.record("bad_mood", DISPATCHER)


def test_only_items_are_counted(office):
    office.issue()
    with pytest.raises(ItemsInvalid):
        office.record("refusal", DISPATCHER, items=2)
