"""Which visits the packs of a unit ask for, and which units visit a customer."""

from customer.adapters.mapping import Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.memberships import Standing
from customer.domain.visit_rules import VisitRule
from customer.use_cases.grading import held
from shared.rules import Ruling


def visiting_units(tx: CustomerTransaction, customer: Customer) -> list[str]:
    """The units in whose customer base the customer is entered: each visits him by rules of its
    own (CL-26), unless a blacklist bars it (AD-16)."""
    entered = (
        one.unit for one in tx.memberships.of(customer.id) if one.standing is Standing.ENTERED
    )
    return [unit for unit in entered if tx.blacklist.barring(customer.id, unit=unit) is None]


def rules_for(tx: CustomerTransaction, customer: Customer, *, unit: str) -> list[Ruling[VisitRule]]:
    """The rules by which ``unit`` visits the customer today, one of each activity and actor.

    Raises UnitUnknown.
    """
    grades = held(tx, customer, unit=unit)
    return tx.policies.rulings("visit_rules", unit=unit, on=tx.today(unit), grade=grades)
