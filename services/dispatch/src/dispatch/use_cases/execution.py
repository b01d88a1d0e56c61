"""Accept and complete a work order: what its receiver does (WO-08, WO-14)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.signatures import Signed
from dispatch.domain.work_orders import WorkOrder


def accept_work_order(
    tx: DispatchTransaction, order_id: UUID, *, signed: Signed, caller: Caller
) -> WorkOrder:
    """Sign for an order as its receiver (WO-08). Raises NotOnStaff, NotTheReceiver, WrongState."""
    order = tx.work_orders.get(order_id, caller)
    by = tx.people.acting(caller).id
    rule = tx.ruling("accepting", unit=order.org_unit)
    tx.emit(order.accept(by=by, signed=signed, rule=rule, now=tx.now), because=rule.because)
    return order


def complete_work_order(
    tx: DispatchTransaction,
    order_id: UUID,
    *,
    remarks: str | None,
    client: Signed | None,
    caller: Caller,
) -> WorkOrder:
    """Report the work as done, with remarks and the client's signature (WO-14).

    Raises NotOnStaff, NotTheReceiver, CompletionIncomplete, WrongState.
    """
    order = tx.work_orders.get(order_id, caller)
    by = tx.people.acting(caller).id
    rule = tx.ruling("completing", unit=order.org_unit)
    event = order.complete(by=by, remarks=remarks, client=client, rule=rule, now=tx.now)
    tx.emit(event, because=rule.because)
    return order
