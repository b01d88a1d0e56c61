"""Draft, revise and issue a work order (WO-04 to WO-07)."""

from typing import Any
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.work_order_rules import MayNotDispatch, check_dispatching, check_receiving
from dispatch.domain.work_order_states import Source
from dispatch.domain.work_orders import WorkOrder
from shared.ids import new_id
from shared.numbers import next_number
from shared.rules import Invalid


def draft_work_order(tx: DispatchTransaction, *, caller: Caller, **fields: Any) -> WorkOrder:
    """Begin an order in the unit for which the caller dispatches.

    Raises NotOnStaff, MayNotDispatch (WO-04).
    """
    person = tx.people.acting(caller)
    rule = tx.ruling("dispatching", unit=caller.unit)
    check_dispatching(caller.roles, rule)
    unit = person.unit_of(rule.value.roles)
    if unit is None:
        raise MayNotDispatch("you hold no post that dispatches", because=rule.because)
    order = WorkOrder(id=new_id(), org_unit=unit, source=Source.MANUAL, opened_at=tx.now, **fields)
    _check_receiver(tx, order)
    tx.work_orders.add(order)
    tx.emit(order.open_for(person.id, org_unit=unit), because=rule.because)
    return order


def revise_work_order(
    tx: DispatchTransaction, order: WorkOrder, *, fresh: dict[str, Any], caller: Caller
) -> WorkOrder:
    """Fill in or correct a draft. Raises MayNotDispatch, ReceiverUnfit, WrongState."""
    check_dispatching(caller.roles, tx.ruling("dispatching", unit=order.org_unit))
    order.revise(**fresh)
    _check_receiver(tx, order)
    tx.note(f"work_order/{order.id}", "work_order_revised", fields=sorted(fresh))
    return order


def issue_work_order(tx: DispatchTransaction, order_id: UUID, *, caller: Caller) -> WorkOrder:
    """Give the order out; whoever issues it is its dispatcher from then on (WO-07).

    Raises NotOnStaff, MayNotDispatch, ReceiverUnfit, MandatoryBlank, WrongState.
    """
    order = tx.work_orders.get(order_id, caller)
    check_dispatching(caller.roles, tx.ruling("dispatching", unit=order.org_unit))
    rule = tx.ruling("issuing", unit=order.org_unit)
    event = order.issue(
        by=tx.people.acting(caller).id,
        rule=rule,
        take_number=lambda: _number(tx, order.org_unit),
        now=tx.now,
    )
    _check_receiver(tx, order)
    tx.emit(event, because=rule.because)
    return order


def _check_receiver(tx: DispatchTransaction, order: WorkOrder) -> None:
    if order.receiver_id is None:
        return
    receiver = tx.people.find(order.receiver_id)
    if receiver is None:
        raise Invalid("there is no such receiver", errors={"receiver_id": ["is not known"]})
    check_receiving(receiver, tx.ruling("receiving", unit=order.org_unit))


def _number(tx: DispatchTransaction, org_unit: str) -> str:
    number = next_number(tx.session, f"work_order/{org_unit}")
    written: str = tx.ruling("numbering", unit=org_unit).value.written(org_unit, number)
    return written
