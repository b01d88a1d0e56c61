"""Accept, begin, report on and complete a work order: what its receiver does (WO-08, WO-12,
WO-14)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.deadlines import Awaited
from dispatch.domain.progress import Progress, report_progress
from dispatch.domain.signatures import Signed
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.deadlines import clock_rule, settle
from dispatch.use_cases.overdue import take


def accept_work_order(
    tx: DispatchTransaction, order_id: UUID, *, signed: Signed, caller: Caller
) -> WorkOrder:
    """Sign for an order as its receiver (WO-08). Raises NotOnStaff, NotTheReceiver, WrongState."""
    order = take(tx, order_id, caller=caller)
    by = tx.people.acting(caller).id
    rule = tx.ruling("accepting", unit=order.org_unit)
    tx.emit(order.accept(by=by, signed=signed, rule=rule, now=tx.now), because=rule.because)
    settle(tx, order)
    return order


def start_work_order(tx: DispatchTransaction, order_id: UUID, *, caller: Caller) -> WorkOrder:
    """Be at work, or at work again. Raises NotOnStaff, NotTheReceiver, WrongState."""
    order = take(tx, order_id, caller=caller)
    by = tx.people.acting(caller).id
    order.start(by=by)
    tx.note(f"work_order/{order.id}", "work_order_started", started_by=by)
    settle(tx, order)
    return order


def report_order_progress(
    tx: DispatchTransaction, order_id: UUID, *, progress: Progress, caller: Caller
) -> WorkOrder:
    """Tell the dispatch centre how far the work is, and when it will be done (WO-12).

    Raises NotOnStaff, NotTheReceiver, ExpectedInPast, WrongState.
    """
    order = take(tx, order_id, caller=caller)
    by = tx.people.acting(caller).id
    event = report_progress(order, progress, by=by, now=tx.now)
    settle(tx, order)
    rule = clock_rule(tx, order, Awaited.REPLY)
    tx.emit(event, because=rule.because if rule else None)
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
    order = take(tx, order_id, caller=caller)
    by = tx.people.acting(caller).id
    rule = tx.ruling("completing", unit=order.org_unit)
    event = order.complete(by=by, remarks=remarks, client=client, rule=rule, now=tx.now)
    tx.emit(event, because=rule.because)
    settle(tx, order)
    return order
