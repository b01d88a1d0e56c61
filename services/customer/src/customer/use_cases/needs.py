"""Record what customers need and have departments acknowledge it (CF-43 to CF-47, E-42)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Customer, Need, NeedTarget
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.events.needs import NeedUnanswered
from customer.domain.needs import NeedRule
from customer.domain.staff import Caller
from customer.use_cases.audiences import audience_of
from customer.use_cases.bases import base_of
from shared.ids import new_id
from shared.org_units import chain
from shared.rules import NotFound, Ruling
from shared.working_time import end_of_working_day

UNANSWERED = "need.unanswered"


def record_need(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    units: Sequence[str],
    caller: Caller,
    **fields: Any,
) -> Need:
    """Enter a need and pass it to the departments concerned (CF-47).

    Raises NeedIncomplete, UnitUnknown.
    """
    unit = base_of(tx, customer, caller=caller)
    rule: Ruling[NeedRule] = tx.policies.ruling("needs", unit=unit, on=tx.today(unit))
    rule.value.check(fields, rule.because)
    need = Need(
        id=new_id(),
        customer_id=customer.id,
        org_unit=unit,
        recorded_by=person_of(caller),
        recorded_at=tx.now,
        **fields,
    )
    need.targets = [_target(tx, need, one, rule.value) for one in sorted(set(units))]
    tx.needs.add(need)
    told = audience_of(tx, "need_recorded", customer, units=units)
    tx.emit(need.recorded(told), because=rule.because)
    tx.record("need.recorded", f"need/{need.id}", customer_id=customer.id)
    tx.note(f"customer/{customer.id}", "need_recorded", need_id=need.id)
    return need


def acknowledge_need(tx: CustomerTransaction, need: Need, *, unit: str, caller: Caller) -> Need:
    """Say that a department knows the need (CF-47). Raises NotFound for a department that was not
    asked or that the caller does not see, AlreadyAcknowledged."""
    target = tx.needs.target(need.id, unit) if tx.sees(caller.unit, unit) else None
    if target is None:
        raise NotFound("That department was not asked.")
    target.acknowledge(by=person_of(caller), now=tx.now)
    tx.cancel_timer(UNANSWERED, _subject(target))
    tx.record("need.acknowledged", f"need/{need.id}", unit=unit)
    tx.note(f"customer/{need.customer_id}", "need_acknowledged", need_id=need.id, by_unit=unit)
    return need


def report_unanswered(tx: CustomerTransaction, *, need_id: UUID, unit: str) -> None:
    """Alert that a department did not acknowledge in time (E-42)."""
    need, target = tx.needs.known(need_id), tx.needs.target(need_id, unit)
    if target is None or target.acknowledged_at is not None:
        return
    customer = tx.customers.known(need.customer_id)
    tx.emit(
        NeedUnanswered(
            need_id=need.id,
            customer_id=need.customer_id,
            org_unit=need.org_unit,
            unit=unit,
            due_at=target.due_at,
            told_ids=audience_of(tx, "need_unanswered", customer, units=[unit]),
        )
    )
    tx.note(f"customer/{need.customer_id}", "need_unanswered", need_id=need.id, by_unit=unit)


def _target(tx: CustomerTransaction, need: Need, unit: str, rule: NeedRule) -> NeedTarget:
    chain(tx.session, unit)
    due = end_of_working_day(tx.calendar(unit), tx.now, rule.acknowledge_working_days)
    target = NeedTarget(need_id=need.id, unit=unit, due_at=due.at)
    tx.set_timer(UNANSWERED, _subject(target), due.at, need_id=need.id, unit=unit)
    return target


def _subject(target: NeedTarget) -> str:
    return f"need_target/{target.need_id}/{target.unit}"
