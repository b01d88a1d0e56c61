"""Inspect partners together with the units concerned (AD-29)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from customer.adapters.mapping import Customer, Inspection, InvitedUnit, PartnerForm
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.inspection_states import State
from customer.domain.reminders import days_before
from customer.domain.staff import Caller, Officer
from customer.use_cases.partner_office import demand_office
from shared.ids import new_id
from shared.org_units import chain
from shared.rules import NotFound

REMIND = "inspection.remind"


def plan_inspection(
    tx: CustomerTransaction,
    customer: Customer,
    form: PartnerForm,
    *,
    purpose: str,
    planned_on: date,
    units: Sequence[str],
    officer: Officer,
) -> Inspection:
    """Invite units to inspect a partner together on a day.

    Raises NotTheOffice, UnitUnknown, PolicyMissing, and Invalid for a day that is past.
    """
    office = demand_office(tx, form.unit, officer=officer)
    for unit in units:
        chain(tx.session, unit)
    one = Inspection(
        id=new_id(),
        customer_id=customer.id,
        org_unit=form.unit,
        purpose=purpose,
        planned_on=planned_on,
        organiser_id=person_of(officer),
        planned_at=tx.now,
        because=office.because,
    )
    one.check_day(today=tx.today(one.org_unit))
    one.invited = [
        InvitedUnit(inspection_id=one.id, unit=unit, customer_id=customer.id)
        for unit in sorted(set(units))
    ]
    tx.inspections.add(one)
    due_at = days_before(tx.calendar(one.org_unit), planned_on, office.value.remind_days_before)
    tx.set_timer(REMIND, _subject(one), max(due_at, tx.now), inspection_id=one.id)
    tx.emit(one.moved(), because=one.because)
    return _noted(tx, one)


def hold_inspection(
    tx: CustomerTransaction, one: Inspection, *, held_on: date, officer: Officer
) -> Inspection:
    """Say that it took place. Raises NotTheOffice, WrongState, Invalid."""
    demand_office(tx, one.org_unit, officer=officer)
    tx.emit(one.hold(held_on, today=tx.today(one.org_unit)), because=one.because)
    tx.cancel_timer(REMIND, _subject(one))
    return _noted(tx, one)


def record_finding(
    tx: CustomerTransaction, one: Inspection, *, unit: str, finding: str, caller: Caller
) -> Inspection:
    """Record what a unit found, with its inspector. Raises WrongState, and NotFound for a unit
    that was not invited or that the caller does not see."""
    if not tx.sees(caller.unit, unit):
        raise NotFound("That unit was not invited.")
    one.find(unit, finding, by=person_of(caller), now=tx.now)
    tx.record("inspection.found", _subject(one), unit=unit)
    return one


def conclude_inspection(
    tx: CustomerTransaction, one: Inspection, *, conclusion: str, officer: Officer
) -> Inspection:
    """Say what came of it. Raises NotTheOffice, WrongState, FindingsMissing."""
    demand_office(tx, one.org_unit, officer=officer)
    tx.emit(one.conclude(conclusion), because=one.because)
    return _noted(tx, one)


def cancel_inspection(
    tx: CustomerTransaction, one: Inspection, *, reason: str, officer: Officer
) -> Inspection:
    """Call it off. Raises NotTheOffice, WrongState."""
    demand_office(tx, one.org_unit, officer=officer)
    tx.emit(one.cancel(reason), because=one.because)
    tx.cancel_timer(REMIND, _subject(one))
    return _noted(tx, one)


def remind_units(tx: CustomerTransaction, *, inspection_id: UUID) -> None:
    """Tell that an inspection is near, unless it is over."""
    one = tx.inspections.known(inspection_id)
    if one.state is State.PLANNED:
        tx.emit(one.due(), because=one.because)


def _subject(one: Inspection) -> str:
    return f"inspection/{one.id}"


def _noted(tx: CustomerTransaction, one: Inspection) -> Inspection:
    """Into the audit log and the customer's timeline."""
    tx.record(f"inspection.{one.state}", _subject(one), customer_id=one.customer_id)
    tx.note(f"customer/{one.customer_id}", f"inspection_{one.state}", inspection_id=one.id)
    return one
