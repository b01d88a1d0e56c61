"""Hand the open orders of a unit over from one dispatcher to the next: both sign the same list
(WO-17, F-17)."""

from collections.abc import Sequence
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.daily_checks import DailyCheck, Entry
from dispatch.domain.events import WorkOrderHandedOn, WorkOrderOpened
from dispatch.domain.handover_lists import (
    check_digest,
    check_reasons,
    lines_of,
    list_digest,
    list_text,
)
from dispatch.domain.handovers import (
    Handover,
    HandoverRule,
    IncomingUnfit,
    State,
    Why,
    check_incoming,
    check_outgoing,
    is_fit,
)
from dispatch.domain.signatures import Signature, Signed
from dispatch.domain.work_order_states import State as OrderState
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.checkers import incoming_of, others_than
from dispatch.use_cases.deadlines import settle
from dispatch.use_cases.handover_reminders import leave_list
from shared.ids import new_id
from shared.rules import Ruling, given


def propose_handover(
    tx: DispatchTransaction,
    check_id: UUID,
    *,
    signed: Signed,
    digest: str | None,
    to_id: UUID | None,
    caller: Caller,
) -> Handover:
    """Sign the list of what is open as the outgoing dispatcher; what was proposed before is void.

    Raises NotOnStaff, NotOfUnit, HandedOver, CheckSuperseded, ReasonMissing, ListChanged,
    IncomingUnfit, NotFound.
    """
    check = _locked(tx, tx.daily_checks.get(check_id, seen_from=caller.unit).id)
    unit, person = check.org_unit, tx.people.acting(caller)
    rule: Ruling[HandoverRule] = tx.ruling("handover", unit=unit)
    roles = tx.ruling("dispatching", unit=unit).value.roles
    check_outgoing(person, unit, roles=roles)
    check.check_open(latest=tx.daily_checks.latest(unit) is check)
    _check_named(tx, to_id, unit, dispatching=roles, superiors=rule.value.superiors)
    orders, entries = tx.daily_checks.open_orders(unit, lock=True), _entries(tx, check)
    check_reasons(orders, entries)
    lines = lines_of(orders, entries)
    check_digest(list_digest(lines), digest)
    _void_waiting(tx, unit)
    handover = Handover(
        id=new_id(),
        daily_check_id=check.id,
        org_unit=unit,
        from_id=person.id,
        to_id=to_id,
        proposed_at=tx.now,
        lines=lines,
        outgoing=Signature.under(list_text(lines), signed, now=tx.now),
        because=rule.because,
    )
    tx.handovers.add(handover)
    incoming = incoming_of(tx, unit=unit, from_id=person.id, to_id=to_id)
    tx.emit(handover.proposed(incoming), because=rule.because)
    return handover


def sign_handover(
    tx: DispatchTransaction,
    handover_id: UUID,
    *,
    signed: Signed,
    digest: str,
    caller: Caller,
) -> Handover:
    """Sign as the incoming dispatcher what the outgoing one has signed. The orders are locked: none
    changes between the look at them and the signature. Where the list is another by now the
    hand-over comes back void.

    Raises NotOnStaff, SameDispatcher, ShiftNotEnded, NotTheIncoming, NotOfUnit, ListChanged,
    HandoverVoided, WrongState, NotFound.
    """
    handover = tx.handovers.get(handover_id, seen_from=caller.unit)
    check = _locked(tx, handover.daily_check_id)
    tx.handovers.refresh(handover)
    handover.check_waiting()
    rule = _check_incoming(tx, handover, check, caller)
    check_digest(handover.digest, digest)
    orders = tx.daily_checks.open_orders(check.org_unit, lock=True)
    lines = lines_of(orders, _entries(tx, check))
    by = tx.people.acting(caller).id
    tx.emit(handover.sign(lines, signed, by=by, now=tx.now), because=rule.because)
    if handover.state is State.SIGNED:
        _close(tx, check)
        _move_orders(tx, handover, orders, rule)
    return handover


def _check_incoming(
    tx: DispatchTransaction, handover: Handover, check: DailyCheck, caller: Caller
) -> Ruling[HandoverRule]:
    unit = handover.org_unit
    rule: Ruling[HandoverRule] = tx.ruling("handover", unit=unit)
    person = tx.handovers.hold_person(tx.people.acting(caller).id)
    check_incoming(
        person,
        handover,
        rule,
        roles=tx.ruling("dispatching", unit=unit).value.roles,
        others=bool(others_than(tx, handover.from_id, unit=unit)),
        ended=tx.now >= check.ends_at,
    )
    return rule


def _locked(tx: DispatchTransaction, check_id: UUID) -> DailyCheck:
    """The list, on which nobody else writes or signs, and beside which no order appears, until the
    end of the transaction."""
    tx.daily_checks.lock_round(tx.daily_checks.known(check_id).org_unit)
    return tx.daily_checks.known(check_id)


def _entries(tx: DispatchTransaction, check: DailyCheck) -> dict[UUID, Entry]:
    return {entry.work_order_id: entry for entry in tx.daily_checks.entries(check.id)}


def _check_named(
    tx: DispatchTransaction,
    to_id: UUID | None,
    unit: str,
    *,
    dispatching: Sequence[str],
    superiors: Sequence[str],
) -> None:
    """Refuse to name somebody who could not sign. Raises IncomingUnfit."""
    if to_id is None:
        return
    person = tx.people.find(to_id)
    if person is None or not is_fit(person, unit, dispatching=dispatching, superiors=superiors):
        raise IncomingUnfit(
            "whoever is to receive the orders is no dispatcher of the unit",
            errors={"to_id": ["cannot receive orders"]},
        )


def _void_waiting(tx: DispatchTransaction, unit: str) -> None:
    waiting = tx.handovers.waiting(unit)
    if waiting is not None:
        tx.emit(waiting.void(Why.SUPERSEDED, now=tx.now), because=waiting.because)


def _close(tx: DispatchTransaction, check: DailyCheck) -> None:
    """The page of the book is closed. One is reminded of the last list alone."""
    check.handed_over_at = tx.now
    if tx.daily_checks.latest(check.org_unit) is check:
        leave_list(tx, check)


def _move_orders(
    tx: DispatchTransaction,
    handover: Handover,
    orders: Sequence[WorkOrder],
    rule: Ruling[HandoverRule],
) -> None:
    """Where the pack says so, what was the outgoing dispatcher's is the incoming one's, if he
    dispatches in this unit; whoever signs merely as a superior takes nothing."""
    to_id = given(handover.to_id, "who has signed is known.")
    receives = to_id in others_than(tx, handover.from_id, unit=handover.org_unit)
    if not rule.value.moves_orders or not receives:
        return
    for order in orders:
        if order.dispatcher_id == handover.from_id:
            tx.emit(_moved(order, to_id), because=rule.because)
            settle(tx, order)


def _moved(order: WorkOrder, to_id: UUID) -> WorkOrderOpened | WorkOrderHandedOn:
    if order.state is OrderState.DRAFT:
        return order.open_for(to_id, org_unit=order.org_unit)
    return order.hand_on(to_id, reason="handover")
