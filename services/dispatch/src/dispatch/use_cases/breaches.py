"""Keep the breaches of the rules on work orders: those that the service finds, and those that
somebody records (WO-09, WO-11, WO-13, WO-16)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.breaches import (
    IN_TIME,
    Breach,
    BreachKnown,
    BreachRule,
    BreachUnknown,
    Code,
    breach_of,
    check_recorder,
    check_recording,
    given_out_at,
    recorded,
    withdraw,
    withdrawn,
)
from dispatch.domain.callers import Caller
from dispatch.domain.penalties import penalised, priced
from dispatch.domain.work_order_states import Command, target
from dispatch.domain.work_orders import WorkOrder
from shared.ids import new_id
from shared.penalties import PenaltyCommand, PenaltyState
from shared.penalties.states import TRANSITIONS
from shared.penalty_ledger import put
from shared.rules import Because, Ruling


def find_breach(
    tx: DispatchTransaction, order: WorkOrder, code: str, *, occasion: datetime, items: int = 1
) -> None:
    """Keep a breach that the service found itself, once; where the packs in force name none of
    that code, nothing was broken."""
    rule = _rule(tx, order, code)
    if rule and not tx.breaches.is_known(order.id, code=code, occasion=occasion):
        found = breach_of(order, rule, id=new_id(), occasion=occasion, now=tx.now, items=items)
        _keep(tx, order, rule, found)


def record_breach(
    tx: DispatchTransaction,
    order: WorkOrder,
    *,
    code: str,
    evidence: str,
    items: int,
    caller: Caller,
) -> Breach:
    """Keep a breach that somebody has evidence of, once for each time the order was given out.

    Raises NotOnStaff, BreachUnknown, MayNotRecordBreach, OwnBreach, ItemsInvalid, AcceptedAlready,
    BreachKnown, WrongState.
    """
    by = tx.people.acting(caller).id
    target(order.state, Command.RECORD_BREACH)
    rule = _rule(tx, order, code)
    if rule is None:
        raise BreachUnknown("no pack in force names this breach", errors={"code": ["is not known"]})
    _check_recorder(tx, order, rule, by=by, caller=caller)
    check_recording(order, rule, items=items, by=by)
    occasion = given_out_at(order)
    if tx.breaches.is_known(order.id, code=code, occasion=occasion):
        raise BreachKnown("this breach was recorded already", because=rule.because)
    breach = breach_of(
        order,
        rule,
        id=new_id(),
        occasion=occasion,
        now=tx.now,
        items=items,
        by=by,
        evidence=evidence,
    )
    _keep(tx, order, rule, breach)
    tx.record("breach.recorded", f"work_order/{order.id}", breach_id=breach.id, code=code)
    return breach


def withdraw_late(tx: DispatchTransaction, order: WorkOrder, *, because: Because | None) -> None:
    """The reply was made in time after all: the breach of its present receiver stays as it was
    found, and is withdrawn; so is its penalty, unless that was waived, or stands in a ledger."""
    found = tx.breaches.find(order.id, code=Code.LATE_UNREPORTED, occasion=order.reply_due_at)
    if found is None or found.withdrawn_at or found.person_id != order.receiver_id:
        return
    act = penalised(found, on=tx.day_of(found.org_unit, found.occurred_at))
    penalty = tx.penalties.of_breach(act)
    if penalty and PenaltyCommand.WITHDRAW in TRANSITIONS[penalty.state]:
        tx.tell([penalty.withdraw(reason=IN_TIME)])
    stands = penalty is not None and penalty.state is PenaltyState.POSTED
    withdraw(found, reason=IN_TIME, because=because or found.because, now=tx.now)
    tx.emit(withdrawn(order, found, penalty_stands=stands), because=found.withdrawn_because)


def _check_recorder(
    tx: DispatchTransaction,
    order: WorkOrder,
    rule: Ruling[BreachRule],
    *,
    by: UUID,
    caller: Caller,
) -> None:
    _, _, receiver_id = order.given_out()
    is_superior = by in tx.people.superiors(receiver_id)
    check_recorder(tx.work_orders.roles_over(order, caller), is_superior=is_superior, rule=rule)


def _keep(
    tx: DispatchTransaction, order: WorkOrder, rule: Ruling[BreachRule], breach: Breach
) -> None:
    """Keep a breach, and propose what its clause takes off the pay; an order that is broken in the
    same way by the same person twice in a day costs once (K-20)."""
    tx.breaches.add(breach)
    tx.emit(recorded(order, breach), because=breach.because)
    act = penalised(breach, on=tx.day_of(breach.org_unit, breach.occurred_at))
    cause = f"{breach.code}/{breach.occasion.isoformat()}"
    if tx.penalties.of_breach(act) is None:
        put(
            tx,
            priced(rule),
            act,
            unit=breach.org_unit,
            quantity=breach.items,
            proposed_by=breach.recorded_by,
            evidence=breach.evidence,
            cause=None if breach.recorded_by else cause,
        )


def _rule(tx: DispatchTransaction, order: WorkOrder, code: str) -> Ruling[BreachRule] | None:
    found: Sequence[Ruling[BreachRule]] = tx.rulings("breaches", unit=order.org_unit)
    return next((one for one in found if one.value.code == code), None)
