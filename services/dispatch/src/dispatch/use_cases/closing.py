"""Call back, sign and archive: how the dispatcher closes a work order (WO-15)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.call_backs import CallBack
from dispatch.domain.callers import Caller
from dispatch.domain.proofs import Part
from dispatch.domain.signatures import Signed
from dispatch.domain.work_order_rules import ClosingRule, check_closing
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.deadlines import settle
from dispatch.use_cases.overdue import take
from dispatch.use_cases.proofs import prove
from shared.rules import Ruling


def call_back(
    tx: DispatchTransaction,
    order_id: UUID,
    *,
    method: str,
    satisfied: bool,
    result: str,
    caller: Caller,
) -> WorkOrder:
    """Keep what the client said; a client who is not satisfied does not hold the order up.

    Raises NotOnStaff, MayNotClose, CallBackMethod, ClosingStepMissing, WrongState.
    """
    order, rule = _closable(tx, order_id, caller)
    by = tx.people.acting(caller).id
    made = CallBack(at=tx.now, by=by, method=method, satisfied=satisfied, result=result)
    tx.emit(order.call_back(made, rule=rule), because=rule.because)
    settle(tx, order)
    return order


def sign_work_order(
    tx: DispatchTransaction, order_id: UUID, *, signed: Signed, caller: Caller
) -> WorkOrder:
    """Sign the order off. Raises NotOnStaff, MayNotClose, ClosingStepMissing, WrongState."""
    order, rule = _closable(tx, order_id, caller)
    by = tx.people.acting(caller).id
    order.sign(by=by, signed=signed, rule=rule, now=tx.now)
    prove(tx, order, Part.DISPATCHER)
    tx.note(f"work_order/{order.id}", "work_order_signed", because=rule.because, signed_by=by)
    settle(tx, order)
    return order


def archive_work_order(tx: DispatchTransaction, order_id: UUID, *, caller: Caller) -> WorkOrder:
    """Close the order for good. Raises NotOnStaff, MayNotClose, ClosingStepMissing, WrongState."""
    order, rule = _closable(tx, order_id, caller)
    by = tx.people.acting(caller).id
    tx.emit(order.archive(by=by, rule=rule, now=tx.now), because=rule.because)
    settle(tx, order)
    return order


def _closable(
    tx: DispatchTransaction, order_id: UUID, caller: Caller
) -> tuple[WorkOrder, Ruling[ClosingRule]]:
    order = take(tx, order_id, caller=caller)
    rule: Ruling[ClosingRule] = tx.ruling("closing", unit=order.org_unit)
    check_closing(tx.work_orders.roles_over(order, caller), rule)
    return order, rule
