"""Accept, begin, report on and complete a work order: what its receiver does (WO-08, WO-12,
WO-14)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.deadlines import Awaited
from dispatch.domain.field_times import Sent
from dispatch.domain.progress import Progress, report_progress
from dispatch.domain.proofs import Part
from dispatch.domain.signatures import Signed
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.deadlines import clock_rule
from dispatch.use_cases.field_times import begin_work, end_work
from dispatch.use_cases.proofs import client_signed, prove, prove_client


def accept_work_order(
    tx: DispatchTransaction,
    order_id: UUID,
    *,
    signed: Signed,
    caller: Caller,
    sent: Sent | None = None,
) -> WorkOrder:
    """Sign for an order as its receiver (WO-08). Raises NotOnStaff, NotTheReceiver, WrongState."""
    work = begin_work(tx, order_id, caller=caller, sent=sent)
    order = work.order
    rule = tx.ruling("accepting", unit=order.org_unit)
    event = order.accept(by=work.by, signed=signed, rule=rule, now=work.at)
    tx.emit(event, because=rule.because)
    prove(tx, order, Part.ACCEPTANCE, device_at=work.sent.client_at)
    return end_work(tx, work)


def start_work_order(
    tx: DispatchTransaction, order_id: UUID, *, caller: Caller, sent: Sent | None = None
) -> WorkOrder:
    """Be at work, or at work again. Raises NotOnStaff, NotTheReceiver, WrongState."""
    work = begin_work(tx, order_id, caller=caller, sent=sent)
    work.order.start(by=work.by)
    tx.note(f"work_order/{order_id}", "work_order_started", started_by=work.by)
    return end_work(tx, work)


def report_order_progress(
    tx: DispatchTransaction,
    order_id: UUID,
    *,
    progress: Progress,
    caller: Caller,
    sent: Sent | None = None,
) -> WorkOrder:
    """Tell the dispatch centre how far the work is, and when it will be done (WO-12).

    Raises NotOnStaff, NotTheReceiver, ExpectedInPast, WrongState.
    """
    work = begin_work(tx, order_id, caller=caller, sent=sent)
    event = report_progress(work.order, progress, by=work.by, now=work.at)
    order = end_work(tx, work)
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
    sent: Sent | None = None,
) -> WorkOrder:
    """Report the work as done, with remarks and the client's signature (WO-14): the one given
    here, or what the client signed by the link.

    Raises NotOnStaff, NotTheReceiver, CompletionIncomplete, SignatureKindRefused,
    PhotographUnknown, RemarksNotSigned, WrongState.
    """
    work = begin_work(tx, order_id, caller=caller, sent=sent)
    order = work.order
    rule = tx.ruling("completing", unit=order.org_unit)
    order.check_receiver(work.by)
    remarks, signed, by_link = client_signed(tx, order, client, remarks=remarks, rule=rule)
    event = order.complete(by=work.by, remarks=remarks, client=signed, rule=rule, now=work.at)
    tx.emit(event, because=rule.because)
    prove_client(tx, order, signed, by_link=by_link, device_at=work.sent.client_at)
    return end_work(tx, work)
