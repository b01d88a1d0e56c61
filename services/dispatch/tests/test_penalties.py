"""What broken rules on work orders cost: proposed, decided, posted (WO-09..WO-22, ST-30, ST-31)."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from dispatch.domain.penalties import Manager
from dispatch.domain.unable import Decision
from shared.penalties import PenaltyState
from shared.penalties.penalty import NotAmongPenaltyRoles, OwnPenalty
from shared.penalty_ledger import confirm, post_month, waive
from shared.testing import emitted

from .company import DISPATCHER, HR, SUPERVISOR, WORKER
from .office import ENGINEER, HEAD, MANAGER, Office


@pytest.fixture
def office(company, sessions, rulebook):
    return Office(sessions, rulebook)


def penalties(office):
    with office.open() as tx:
        return list(tx.session.scalars(tx.penalties.listed()))


def as_manager(asker, unit="hq"):
    return Manager(UUID(asker.id), asker.roles, unit)


@pytest.mark.rule("WO-09", "ST-31", "ST-30")
def test_each_blank_of_an_order_from_paper_costs_30_yuan(office):
    office.issue(from_paper=True, place=None, content=" ", requirements=None)

    (penalty,) = penalties(office)
    assert (penalty.lowest, penalty.highest, penalty.quantity) == (90, 90, 3)
    assert (penalty.breach.person_id, penalty.breach.code) == (UUID(DISPATCHER.id), "item_blank")
    assert (penalty.because.rule, penalty.because.clause) == ("WO-09", "001-P5 L280")
    assert penalty.breach.about == f"work_order/{office.found().id}"


@pytest.mark.rule("WO-11", "ST-31")
@pytest.mark.parametrize(
    ("code", "by", "liable", "amount"),
    [
        ("refusal", DISPATCHER, WORKER, 100),
        ("unreasonable_dispatch", HEAD, DISPATCHER, 30),
    ],
)
def test_a_refusal_costs_100_yuan_and_unreasonable_dispatch_30(office, code, by, liable, amount):
    office.issue()

    office.record(code, by)

    (penalty,) = penalties(office)
    assert (penalty.lowest, penalty.highest) == (amount, amount)
    assert penalty.breach.person_id == UUID(liable.id)
    assert (penalty.proposed_by, penalty.evidence) == (UUID(by.id), "A witness")


@pytest.mark.rule("WO-13", "ST-31")
def test_late_without_a_report_costs_30_yuan_and_late_with_one_nothing(office):
    office.issue()
    office.accept()
    office.until(office.found().reply_due_at + timedelta(hours=1))

    (penalty,) = penalties(office)
    assert (penalty.breach.code, penalty.lowest) == ("late_unreported", 30)
    assert (penalty.proposed_by, penalty.cause is None) == (None, False)
    assert penalty.because.rule == "WO-13"


@pytest.mark.rule("WO-13")
def test_late_but_reported_costs_nothing(office):
    office.issue()
    office.accept()
    office.report()
    office.until(office.found().reply_due_at + timedelta(hours=1))

    assert penalties(office) == []


@pytest.mark.rule("WO-16", "ST-31")
@pytest.mark.parametrize(
    ("code", "by"), [("completion_neglected", DISPATCHER), ("closing_neglected", SUPERVISOR)]
)
def test_what_is_neglected_at_the_end_costs_30_yuan(office, code, by):
    office.issue()
    office.accept()
    office.complete()

    office.record(code, by)

    (penalty,) = penalties(office)
    assert (penalty.lowest, penalty.because.rule) == (30, "WO-16")


@pytest.mark.rule("WO-22", "RP-15")
def test_it_is_taken_off_the_pay_of_the_month_of_the_breach(office):
    office.issue()
    office.record("refusal", DISPATCHER)
    (penalty,) = penalties(office)
    month = f"{office.now:%Y-%m}"
    assert penalty.month == month
    office.now += timedelta(days=40)

    with office.open() as tx:
        confirm(tx, penalty.id, by=as_manager(HEAD))
        posted = post_month(tx, month, by=as_manager(HR))

    assert [(one.month, one.amount) for one in posted] == [(month, Decimal(100))]
    with office.open() as tx:
        told = dict(emitted(tx.session))["dispatch.penalty_posted.v1"]
    assert (told["month"], told["amount"], told["person_id"]) == (month, "100.00", WORKER.id)
    with office.open() as tx:
        (line,) = tx.session.execute(tx.penalties.ledger(month, unit="hq"))
    assert (line.person_id, line.rule, line.amount) == (UUID(WORKER.id), "WO-11", Decimal(100))


@pytest.mark.rule("WO-22")
@pytest.mark.parametrize("decide", [confirm, waive])
def test_only_those_decide_whom_the_pack_names_and_nobody_on_his_own(office, decide):
    office.issue()
    office.record("refusal", DISPATCHER)
    (penalty,) = penalties(office)
    how = {"reason": "he was ill"}

    for by, why in ((DISPATCHER, NotAmongPenaltyRoles), (HR, NotAmongPenaltyRoles)):
        with office.open() as tx, pytest.raises(why):
            decide(tx, penalty.id, by=as_manager(by), **how)
    his_own = Manager(UUID(WORKER.id), frozenset({"department_head"}), "hq")
    with office.open() as tx, pytest.raises(OwnPenalty):
        decide(tx, penalty.id, by=his_own, **how)
    with office.open() as tx, pytest.raises(NotAmongPenaltyRoles):
        post_month(tx, penalty.month, by=as_manager(MANAGER))
    assert penalties(office)[0].state is PenaltyState.PROPOSED
    with office.open() as tx:
        decide(tx, penalty.id, by=as_manager(MANAGER), **how)


def test_the_same_act_twice_in_a_day_costs_once(office):
    office.issue()
    office.record("refusal", DISPATCHER)
    for by, other in ((WORKER, ENGINEER), (ENGINEER, WORKER)):
        office.unable(by)
        office.now += timedelta(minutes=1)
        office.decide(Decision.REASSIGN, receiver=other)
    office.record("refusal", DISPATCHER)

    assert len(office.breaches()) == 2
    assert len(penalties(office)) == 1
