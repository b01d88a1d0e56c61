"""How a customer stands with a unit: what is asked of him, and whether he is admitted (K-12)."""

from customer.adapters.mapping import Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.entry import NO_DUTY, AdmittedBy, EntryDuty
from customer.domain.kinds import Kind
from customer.domain.memberships import Standing
from shared.org_units import chain
from shared.rules import Ruling


def duty(tx: CustomerTransaction, kind: Kind, *, unit: str) -> Ruling[EntryDuty] | None:
    """What is asked of customers of ``kind`` in ``unit``; None where no pack asks for anything.

    Raises UnitUnknown, CalendarMissing.
    """
    rulings = tx.policies.rulings("entry_duties", unit=unit, on=tx.today(unit), kind=kind)
    return rulings[0] if rulings else None


def first_standing(tx: CustomerTransaction, kind: Kind, *, unit: str) -> Standing:
    """How a customer of ``kind`` begins in ``unit``: as a prospect wherever he has to be admitted
    or entered first. Raises as ``duty``."""
    found = duty(tx, kind, unit=unit)
    asked = found.value if found else NO_DUTY
    first = asked.requires_admission or asked.requires_entry
    return Standing.PROSPECT if first else Standing.ENTERED


def is_admitted(tx: CustomerTransaction, customer: Customer, *, unit: str) -> bool:
    """Whether ``unit`` may deal with the customer as far as admission goes: he is admitted there
    or in a unit above, or customers of his kind need not be (AD-01). Whoever has left the nearest
    customer base in which he stood is not (AD-23). Raises as ``duty``."""
    units = chain(tx.session, unit)
    if tx.memberships.has_left(customer.id, units=units):
        return False
    found = duty(tx, customer.kind, unit=unit)
    if found is None or not found.value.requires_admission:
        return True
    if found.value.admitted_by is AdmittedBy.FORM:
        return tx.partners.admitted(customer.id)
    return tx.admissions.admitted(customer.id, units=units)


def settle(tx: CustomerTransaction, customer: Customer) -> None:
    """Let a customer whose unit or kind is another one now begin there as a new one would, unless
    he is admitted there already. Raises as ``duty``."""
    unit = customer.org_unit
    membership = tx.memberships.find(customer.id, unit)
    if membership is None or membership.standing is not Standing.ENTERED:
        return
    if not is_admitted(tx, customer, unit=unit):
        membership.take(Standing.PROSPECT, now=tx.now)
