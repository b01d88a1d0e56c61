"""Draft, revise, issue and reassign a work order (WO-04 to WO-07)."""

from typing import Any
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.work_order_rules import (
    MayNotDispatch,
    RoleRule,
    check_dispatching,
    check_gone,
    check_receiving,
)
from dispatch.domain.work_order_states import Command, Source, target
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.barring import refuse_barred
from shared.ids import new_id
from shared.numbers import next_number
from shared.rules import Invalid, Ruling


def draft_work_order(tx: DispatchTransaction, *, caller: Caller, **fields: Any) -> WorkOrder:
    """Begin an order in the unit for which the caller dispatches.

    Raises NotOnStaff, MayNotDispatch (WO-04), and as ``refuse_barred`` (AD-16).
    """
    person = tx.people.acting(caller)
    rule = tx.ruling("dispatching", unit=caller.unit)
    check_dispatching(caller.roles, rule)
    unit = person.unit_of(rule.value.roles)
    if unit is None:
        raise MayNotDispatch("you hold no post that dispatches", because=rule.because)
    order = WorkOrder(id=new_id(), org_unit=unit, source=Source.MANUAL, opened_at=tx.now, **fields)
    refuse_barred(tx, order)
    _check_receiver(tx, order.receiver_id, unit=unit)
    tx.work_orders.add(order)
    tx.emit(order.open_for(person.id, org_unit=unit), because=rule.because)
    return order


def revise_work_order(
    tx: DispatchTransaction, order: WorkOrder, *, fresh: dict[str, Any], caller: Caller
) -> WorkOrder:
    """Fill in or correct a draft. Raises MayNotDispatch, ReceiverUnfit, WrongState."""
    _check_dispatching(tx, order, caller)
    order.revise(**fresh)
    _check_receiver(tx, order.receiver_id, unit=order.org_unit)
    tx.note(f"work_order/{order.id}", "work_order_revised", fields=sorted(fresh))
    return order


def issue_work_order(tx: DispatchTransaction, order_id: UUID, *, caller: Caller) -> WorkOrder:
    """Give the order out; whoever issues it is its dispatcher from then on (WO-07).

    Raises NotOnStaff, MayNotDispatch, ReceiverUnfit, MandatoryBlank, WrongState, and as
    ``refuse_barred`` (AD-16).
    """
    order = tx.work_orders.get(order_id, caller)
    _check_dispatching(tx, order, caller)
    refuse_barred(tx, order)
    rule = tx.ruling("issuing", unit=order.org_unit)
    event = order.issue(
        by=tx.people.acting(caller).id,
        rule=rule,
        take_number=lambda: _number(tx, order.org_unit),
        now=tx.now,
    )
    _check_receiver(tx, order.receiver_id, unit=order.org_unit)
    tx.emit(event, because=rule.because)
    return order


def reassign_work_order(
    tx: DispatchTransaction, order_id: UUID, *, receiver_id: UUID, reason: str, caller: Caller
) -> WorkOrder:
    """Give an order whose receiver left, or lost the post that receives, to another (WO-05).

    Raises NotOnStaff, MayNotDispatch, ReceiverStillFit, ReceiverUnfit, WrongState.
    """
    order = tx.work_orders.get(order_id, caller)
    rule = _check_dispatching(tx, order, caller)
    target(order.state, Command.REASSIGN)
    _check_gone(tx, order)
    _check_receiver(tx, receiver_id, unit=order.org_unit)
    _note_reassignment(tx, order, receiver_id, reason)
    by = tx.people.acting(caller).id
    tx.emit(order.reassign(receiver_id, by=by, now=tx.now), because=rule.because)
    return order


def _check_dispatching(
    tx: DispatchTransaction, order: WorkOrder, caller: Caller
) -> Ruling[RoleRule]:
    rule: Ruling[RoleRule] = tx.ruling("dispatching", unit=order.org_unit)
    check_dispatching(tx.work_orders.roles_over(order, caller), rule)
    return rule


def _check_receiver(tx: DispatchTransaction, receiver_id: UUID | None, *, unit: str) -> None:
    if receiver_id is None:
        return
    receiver = tx.people.find(receiver_id)
    if receiver is None:
        raise Invalid("there is no such receiver", errors={"receiver_id": ["is not known"]})
    check_receiving(receiver, tx.ruling("receiving", unit=unit))


def _check_gone(tx: DispatchTransaction, order: WorkOrder) -> None:
    receiver = tx.people.find(order.receiver_id) if order.receiver_id else None
    check_gone(receiver, tx.ruling("receiving", unit=order.org_unit))


def _note_reassignment(
    tx: DispatchTransaction, order: WorkOrder, receiver_id: UUID, reason: str
) -> None:
    """The order forgets the first acceptance; its timeline keeps what was signed and by whom."""
    signed = order.acceptance
    tx.note(
        f"work_order/{order.id}",
        "work_order_reassigned",
        from_receiver_id=order.receiver_id,
        to_receiver_id=receiver_id,
        reason=reason,
        accepted_at=order.accepted_at,
        acceptance=signed and {"digest": signed.digest, "image_sha256": signed.image_sha256},
    )


def _number(tx: DispatchTransaction, org_unit: str) -> str:
    number = next_number(tx.session, f"work_order/{org_unit}")
    written: str = tx.ruling("numbering", unit=org_unit).value.written(org_unit, number)
    return written
