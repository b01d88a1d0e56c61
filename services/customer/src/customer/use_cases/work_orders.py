"""Keep what dispatch tells of the work orders for customers."""

from typing import Any
from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.domain.work_orders import KnownWorkOrder, State
from shared.envelope import Received


def keep_work_order(
    tx: CustomerTransaction,
    event: Received,
    *,
    work_order_id: UUID,
    customer_id: UUID | None,
    state: State,
    **told: Any,
) -> None:
    """An order for a customer was opened or issued: put it into his file, or follow it there."""
    if tx.work_orders.find(work_order_id) is not None:
        named = {} if customer_id is None else {"customer_id": customer_id}
        follow_work_order(tx, event, work_order_id=work_order_id, state=state, **named, **told)
        return
    if customer_id is None:
        return
    order = KnownWorkOrder(
        id=work_order_id,
        customer_id=customer_id,
        state=state,
        opened_at=event.time,
        changed_at=event.time,
        sequence=event.sequence,
        **told,
    )
    tx.work_orders.add(order)
    _note(tx, order)


def follow_work_order(
    tx: CustomerTransaction,
    event: Received,
    *,
    work_order_id: UUID,
    state: State,
    **told: Any,
) -> None:
    """Take over what happened to an order; one that names no customer is not known."""
    order = tx.work_orders.find(work_order_id)
    if order is None:
        return
    if order.hear(state, sequence=event.sequence, at=event.time, **told):
        _note(tx, order)


def _note(tx: CustomerTransaction, order: KnownWorkOrder) -> None:
    tx.note(
        f"customer/{order.customer_id}",
        f"work_order_{order.state}",
        work_order_id=order.id,
        complaint_id=order.complaint_id,
    )
