"""Open work orders for what other services ask for, and find dispatchers for them (WO-23)."""

from datetime import datetime, timedelta
from uuid import UUID

from dispatch.adapters.people import Holder
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.events import WorkOrderHandedOn, WorkOrderOpened
from dispatch.domain.work_order_states import Source, State
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.assignment import assign_on_intake
from dispatch.use_cases.barring import refuse_barred
from dispatch.use_cases.deadlines import UNRULED, settle
from dispatch.use_cases.priorities import take_place
from dispatch.use_cases.rounds import follow_unit
from dispatch.use_cases.succession import heir_of, note_handover
from shared.ids import new_id
from shared.policy import PolicyMissing
from shared.rules import Because

DISPATCHER_SEARCH = "work_order.dispatcher_search"


def open_for_request(
    tx: DispatchTransaction,
    *,
    source: Source,
    request_id: UUID,
    complaint_id: UUID | None,
    customer_id: UUID | None,
    org_unit: str,
    place: str,
    content: str,
    requirements: str,
    reply_due_at: datetime,
    remedies: bool = True,
) -> WorkOrder:
    """Draft the field work that a complaint or a customer needs; a request told twice opens one
    order only.

    ``remedies``: what it names is a complaint that the work is to remedy, and no case of another
    kind. The draft goes to the nearest dispatcher of the unit that asks, and into his unit.
    Raises as ``refuse_barred`` (AD-16).
    """
    known = tx.work_orders.of_request(request_id)
    if known is not None:
        return known
    order = WorkOrder(
        id=new_id(),
        org_unit=org_unit,
        source=source,
        opened_at=tx.now,
        reply_due_at=reply_due_at,
        place=place,
        content=content,
        requirements=requirements,
        complaint_id=complaint_id,
        request_id=request_id,
        customer_id=customer_id,
        asking_unit=org_unit,
    )
    refuse_barred(tx, order, remedies=remedies)
    follow_unit(tx, order.org_unit)
    take_place(tx, order)
    tx.work_orders.add(order)
    _find_dispatcher(tx, order)
    settle(tx, order)
    return order


def search_dispatcher_again(tx: DispatchTransaction, *, work_order_id: UUID) -> None:
    """Look for somebody to have an order that lies with nobody who dispatches."""
    order = tx.work_orders.known(work_order_id)
    if not order.ended:
        take_place(tx, order)
        _find_dispatcher(tx, order)


def _find_dispatcher(tx: DispatchTransaction, order: WorkOrder) -> None:
    """An order is never lost for want of a rule: it waits until a pack is in force."""
    try:
        if _in_hand(tx, order):
            return
        rule = tx.ruling("intake", unit=order.org_unit)
    except PolicyMissing:
        _wait(tx, order, UNRULED)
        return
    found = _heir(tx, order) or tx.people.nearest(rule.value.roles, unit=order.org_unit)
    if found is not None:
        follow_unit(tx, found.unit)
        tx.emit(_laid_before(order, found), because=rule.because)
        assign_on_intake(tx, order)
        settle(tx, order)
        return
    pause = timedelta(minutes=rule.value.search_again_minutes)
    _wait(tx, order, pause, because=rule.because)


def _heir(tx: DispatchTransaction, order: WorkOrder) -> Holder | None:
    """The successor of a dispatcher who left, where he dispatches himself."""
    heir = heir_of(tx, order.dispatcher_id)
    rule = tx.ruling("dispatching", unit=order.org_unit)
    unit = heir.person.unit_of(rule.value.roles) if heir else None
    if heir is None or unit is None:
        return None
    note_handover(tx, order, heir, part="dispatcher")
    return Holder(person_id=heir.person.id, unit=unit)


def _laid_before(order: WorkOrder, found: Holder) -> WorkOrderOpened | WorkOrderHandedOn:
    if order.state is State.DRAFT:
        return order.open_for(found.person_id, org_unit=found.unit)
    return order.hand_on(found.person_id)


def _in_hand(tx: DispatchTransaction, order: WorkOrder) -> bool:
    """Whether a dispatcher has the order who is still there and still dispatches."""
    person = tx.people.find(order.dispatcher_id) if order.dispatcher_id else None
    if person is None or not person.active:
        return False
    rule = tx.ruling("dispatching", unit=order.org_unit)
    return person.unit_of(rule.value.roles) is not None


def _wait(
    tx: DispatchTransaction, order: WorkOrder, pause: timedelta, *, because: Because | None = None
) -> None:
    again = tx.now + pause
    search_at(tx, order.id, again)
    tx.note(f"work_order/{order.id}", "no_dispatcher_found", because=because, again_at=again)


def search_at(tx: DispatchTransaction, order_id: UUID, at: datetime) -> None:
    """Have somebody looked for then, unless the order has a dispatcher who is there."""
    tx.set_timer(DISPATCHER_SEARCH, f"work_order/{order_id}", at, work_order_id=order_id)
