"""Choose who is to receive a draft, or name somebody by hand (WO-26)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.assignment import (
    Assignment,
    AssignmentRule,
    Criterion,
    NobodySuitable,
    Shortlist,
    Worker,
    assign,
    shortlist,
)
from dispatch.domain.callers import Caller
from dispatch.domain.work_order_states import Command, State, target
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.receivers import check_receiver
from dispatch.use_cases.work_orders import check_dispatcher
from shared.policy import PolicyMissing
from shared.rules import Because, Ruling


def candidates_for(tx: DispatchTransaction, order_id: UUID, *, caller: Caller) -> Shortlist:
    """Who could receive an order, the best first; whom it was given out to is left out.

    Raises NotFound, PolicyMissing, WrongState.
    """
    order = tx.work_orders.get(order_id, caller)
    target(order.state, Command.ASSIGN if order.state is State.DRAFT else Command.REASSIGN)
    return _shortlist(tx, order, tx.ruling("assignment", unit=order.org_unit))


def assign_receiver(
    tx: DispatchTransaction,
    order_id: UUID,
    *,
    receiver_id: UUID | None = None,
    reason: str | None = None,
    caller: Caller,
) -> WorkOrder:
    """Name the best candidate as the receiver of a draft, or for a ``reason`` of one's own somebody
    else who may receive; the order keeps why.

    Raises NotFound, NotOnStaff, MayNotDispatch, NobodySuitable, ReceiverUnfit, PolicyMissing,
    WrongState.
    """
    order = tx.work_orders.get(order_id, caller)
    check_dispatcher(tx, order, caller)
    target(order.state, Command.ASSIGN)
    by = tx.people.acting(caller).id
    if receiver_id is None:
        _assign_best(tx, order, tx.ruling("assignment", unit=order.org_unit), by=by)
    else:
        check_receiver(tx, receiver_id, unit=order.org_unit)
        _keep(tx, order, Assignment(at=tx.now, by=by, receiver_id=receiver_id, reason=reason))
    return order


def assign_on_intake(tx: DispatchTransaction, order: WorkOrder) -> None:
    """Name the receiver of a draft that another service asked for at once, where the pack says so.
    Where nobody is suitable the draft stays with its dispatcher, and its timeline says why."""
    try:
        rule: Ruling[AssignmentRule] = tx.ruling("assignment", unit=order.org_unit)
    except PolicyMissing:
        return
    if not rule.value.on_intake or order.receiver_id or order.state is not State.DRAFT:
        return
    try:
        _assign_best(tx, order, rule, by=None)
    except NobodySuitable as nobody:
        subject = f"work_order/{order.id}"
        tx.note(subject, "nobody_suitable", because=rule.because, **nobody.extra)


def _assign_best(
    tx: DispatchTransaction, order: WorkOrder, rule: Ruling[AssignmentRule], *, by: UUID | None
) -> None:
    tx.receivers.one_at_a_time()
    best = _shortlist(tx, order, rule).best()
    chosen = Assignment(at=tx.now, by=by, receiver_id=best.worker.person_id, reasons=best.reasons)
    _keep(tx, order, chosen, because=rule.because)


def _shortlist(
    tx: DispatchTransaction, order: WorkOrder, rule: Ruling[AssignmentRule]
) -> Shortlist:
    receiving = tx.ruling("receiving", unit=order.org_unit)
    criteria = rule.value.criteria
    found = tx.receivers.around(
        order.asking_unit or order.org_unit,
        roles=receiving.value.roles,
        besides=order.id,
        most_up=rule.value.levels_up if Criterion.AREA in criteria else None,
        most_open=rule.value.most_open if Criterion.LOAD in criteria else None,
    )
    has_it = order.receiver_id if order.state is not State.DRAFT else None
    others = [one for one in found if one.person_id != has_it]
    if Criterion.DUTY in criteria:
        others = _with_duty(tx, others)
    return shortlist(others, order.category, rule, receiving)


def _with_duty(tx: DispatchTransaction, workers: Sequence[Worker]) -> list[Worker]:
    """Say of each who is on duty now, where his unit keeps shifts."""
    yesterday = (tx.now - timedelta(days=2)).date()  # A shift may go on from the day before.
    kept = tx.receivers.with_shifts({one.unit for one in workers}, yesterday)
    there = {person for unit in kept for person in tx.shifts.on_duty(unit, tx.now)}
    return [
        replace(one, on_duty=one.person_id in there) if one.unit in kept else one for one in workers
    ]


def _keep(
    tx: DispatchTransaction,
    order: WorkOrder,
    assignment: Assignment,
    *,
    because: Because | None = None,
) -> None:
    assign(order, assignment)
    tx.note(
        f"work_order/{order.id}",
        "receiver_assigned",
        because=because,
        receiver_id=assignment.receiver_id,
        reason=assignment.reason,
        reasons=assignment.reasons,
    )
