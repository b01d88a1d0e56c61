"""Stop shipping what is bad, and ship again once the plan for it is approved (PT-13, E-23)."""

from collections.abc import Sequence
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.problems import Problem
from complaint.domain.shipment_holds import (
    HeldAlready,
    HoldRule,
    HoldStands,
    ProductUnknown,
    ShipmentHold,
)
from complaint.domain.staff import Caller
from complaint.use_cases import department_work, flows
from shared.envelope import Event
from shared.ids import new_id
from shared.rules import Ruling

WAKE = "shipment_hold.wake"
REGISTERED = "quality_problem_registered"  # The reason of a hold that nobody had to ask for.


def request(
    tx: ComplaintTransaction,
    problem_id: UUID,
    *,
    by: Caller,
    reason: str,
    product: str | None = None,
    batch: str | None = None,
) -> ShipmentHold:
    """Stop shipping a batch, or a whole product: that of the problem unless one is named.

    Raises NotFound, NotOfThisTier, WrongState, PolicyMissing, ProductUnknown, HeldAlready.
    """
    problem = flows.taken(tx, Problem, problem_id, by=by)
    flows.stage_rule(tx, problem)
    rule = _rule(tx, problem)
    product, batch = (product, batch) if product else (problem.product, batch or problem.batch)
    if product is None:
        raise ProductUnknown("Say which product is not to be shipped.", because=rule.because)
    for held in tx.shipment_holds.standing(problem.id):
        if (held.product, held.batch) == (product, batch):
            raise HeldAlready("It is held already.", because=held.because, hold_id=str(held.id))
    return _open(tx, problem, rule, by=by, product=product, batch=batch, reason=reason)


def at_registration(tx: ComplaintTransaction, problem: Problem, *, by: Caller) -> None:
    """Stop shipping by itself what a registered problem is about, where the pack says so."""
    rules = _rules(tx, problem)
    if rules and rules[0].value.at_registration and problem.product:
        _open(
            tx,
            problem,
            rules[0],
            by=by,
            product=problem.product,
            batch=problem.batch,
            reason=REGISTERED,
        )


def confirm(tx: ComplaintTransaction, hold_id: UUID, *, by: Caller) -> ShipmentHold:
    """Shipping has stopped. Raises NotFound, NotOfTheDepartment, WrongState."""
    hold = tx.shipment_holds.take(hold_id, unit=by.unit)
    department_work.check_department(
        tx,
        hold.department,
        by=by,
        roles=_rule_of(tx, hold).value.owners,
        because=hold.because,
        owner_id=hold.owner_id,
    )
    hold.confirm(by.id, now=tx.now)
    return _settled(tx, hold)


def release(tx: ComplaintTransaction, hold_id: UUID, *, by: Caller, opinion: str) -> ShipmentHold:
    """The plan of the problem is approved, and goods are shipped again.

    Raises NotFound, NotOfTheDepartment, WrongState, PlanMissing, ApproverIsOwner.
    """
    hold = _for_approver(tx, hold_id, by=by)
    plan = _problem(tx, hold).plan
    return _settled(tx, hold, [hold.release(by.id, plan=plan, opinion=opinion, now=tx.now)])


def refuse(tx: ComplaintTransaction, hold_id: UUID, *, by: Caller, reason: str) -> ShipmentHold:
    """Nothing has to be held. Raises NotFound, NotOfTheDepartment, WrongState."""
    hold = _for_approver(tx, hold_id, by=by)
    return _settled(tx, hold, [hold.refuse(by.id, reason=reason, now=tx.now)])


def cancel(tx: ComplaintTransaction, hold_id: UUID, *, by: Caller, reason: str) -> ShipmentHold:
    """Those who handle the problem asked for it by mistake. Raises NotFound, NotOfThisTier,
    WrongState."""
    hold = tx.shipment_holds.take(hold_id, unit=by.unit)
    flows.check_member(tx, _problem(tx, hold), by=by)
    return _settled(tx, hold, [hold.cancel(by.id, reason=reason, now=tx.now)])


def check_ended(tx: ComplaintTransaction, problem: Problem) -> None:
    """Raises HoldStands while a hold stands and the pack says that this keeps a problem open."""
    standing = tx.shipment_holds.standing(problem.id)
    if standing and _rule(tx, problem).value.blocks_closing:
        raise HoldStands(
            "Goods are held still.",
            because=standing[0].because,
            hold_ids=[str(one.id) for one in standing],
        )


def wake(tx: ComplaintTransaction, hold_id: UUID) -> None:
    """Tell owner and supervisors that nobody said yet that shipping has stopped."""
    hold = tx.shipment_holds.of_event(hold_id)
    if hold.miss(tx.now):
        _settled(tx, hold, [hold.late(_supervisors(tx, hold, _rule_of(tx, hold)))])


def _open(
    tx: ComplaintTransaction,
    problem: Problem,
    rule: Ruling[HoldRule],
    *,
    by: Caller,
    product: str,
    batch: str | None,
    reason: str,
) -> ShipmentHold:
    department, owner_id = department_work.seat_of(tx, rule.value.owners, unit=problem.unit)
    time = Ruling(rule.value.time, rule.because)
    hold = ShipmentHold(
        id=new_id(),
        case_id=problem.id,
        org_unit=problem.unit,
        department=department,
        product=product,
        batch=batch,
        reason=reason,
        because=rule.because,
        requested_by=by.id,
        requested_at=tx.now,
        due_at=department_work.deadline(tx, department, time).due_at,
        owner_id=owner_id,
    )
    tx.shipment_holds.add(hold)
    tx.note(problem.ref.subject, "shipment_held", because=rule.because, hold_id=hold.id)
    return _settled(tx, hold, [hold.requested(_supervisors(tx, hold, rule))])


def _for_approver(tx: ComplaintTransaction, hold_id: UUID, *, by: Caller) -> ShipmentHold:
    hold = tx.shipment_holds.take(hold_id, unit=by.unit)
    department_work.check_department(
        tx,
        hold.org_unit,
        by=by,
        roles=_rule_of(tx, hold).value.approvers,
        because=hold.because,
    )
    return hold


def _problem(tx: ComplaintTransaction, hold: ShipmentHold) -> Problem:
    return tx.cases.get(Problem, hold.case_id, unit=hold.org_unit)


def _supervisors(
    tx: ComplaintTransaction, hold: ShipmentHold, rule: Ruling[HoldRule]
) -> tuple[UUID, ...]:
    return tuple(tx.staff.nearest(rule.value.supervisors, unit=hold.department))


def _rules(tx: ComplaintTransaction, problem: Problem) -> list[Ruling[HoldRule]]:
    """What holds for the problem; nothing where no rule stops shipping for its type."""
    today = tx.day_of(problem.unit, tx.now)
    return tx.policies.rulings("shipment_holds", unit=problem.unit, on=today, **_facts(problem))


def _rule(tx: ComplaintTransaction, problem: Problem) -> Ruling[HoldRule]:
    today = tx.day_of(problem.unit, tx.now)
    return tx.policies.ruling("shipment_holds", unit=problem.unit, on=today, **_facts(problem))


def _rule_of(tx: ComplaintTransaction, hold: ShipmentHold) -> Ruling[HoldRule]:
    return _rule(tx, _problem(tx, hold))


def _facts(problem: Problem) -> dict[str, object]:
    return {"type": problem.type, "source": problem.source}


def _settled(
    tx: ComplaintTransaction, hold: ShipmentHold, events: Sequence[Event] = ()
) -> ShipmentHold:
    department_work.settle(tx, hold, events, wake=WAKE, done=f"shipment_hold_{hold.state}")
    return hold
