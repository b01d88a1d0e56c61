"""Open work orders for what other services ask for (WO-23)."""

from datetime import datetime, timedelta
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.work_order_states import Source
from dispatch.domain.work_orders import WorkOrder
from shared.ids import new_id

DISPATCHER_SEARCH = "work_order.dispatcher_search"


def open_for_complaint(
    tx: DispatchTransaction,
    *,
    request_id: UUID,
    complaint_id: UUID,
    customer_id: UUID | None,
    org_unit: str,
    place: str,
    content: str,
    requirements: str,
    reply_due_at: datetime,
) -> WorkOrder:
    """Draft the field work that a complaint needs; a request told twice opens one order only.

    The draft goes to the nearest dispatcher of the complaint's unit, and into his unit.
    """
    known = tx.work_orders.of_request(request_id)
    if known is not None:
        return known
    order = WorkOrder(
        id=new_id(),
        org_unit=org_unit,
        source=Source.COMPLAINT,
        opened_at=tx.now,
        reply_due_at=reply_due_at,
        place=place,
        content=content,
        requirements=requirements,
        complaint_id=complaint_id,
        request_id=request_id,
        customer_id=customer_id,
    )
    tx.work_orders.add(order)
    _find_dispatcher(tx, order)
    return order


def search_dispatcher_again(tx: DispatchTransaction, *, work_order_id: UUID) -> None:
    """Look once more for somebody to lay an order before that nobody could be found for."""
    order = tx.work_orders.known(work_order_id)
    if order.dispatcher_id is None:
        _find_dispatcher(tx, order)


def _find_dispatcher(tx: DispatchTransaction, order: WorkOrder) -> None:
    rule = tx.ruling("intake", unit=order.org_unit)
    found = tx.people.nearest(rule.value.roles, unit=order.org_unit)
    if found is not None:
        tx.emit(order.open_for(found.person_id, org_unit=found.unit), because=rule.because)
        return
    again = tx.now + timedelta(minutes=rule.value.search_again_minutes)
    subject = f"work_order/{order.id}"
    tx.set_timer(DISPATCHER_SEARCH, subject, again, work_order_id=order.id)
    tx.note(subject, "no_dispatcher_found", because=rule.because, again_at=again)
