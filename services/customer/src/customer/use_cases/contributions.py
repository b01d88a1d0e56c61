"""Keep what customers contribute to each department (CL-41)."""

from customer.adapters.mapping import Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.contributions import Contribution
from customer.domain.staff import Caller
from customer.use_cases.grade_checks import check_base
from shared.rules import UnitUnknown


def tell_contribution(
    tx: CustomerTransaction,
    customer: Customer,
    contribution: Contribution,
    *,
    caller: Caller,
    unit: str,
) -> None:
    """Keep the figure of a department in whose base he stands instead of the one before.

    Raises UnitUnknown, NotInBase, ContributionOutdated, and Invalid for a day to come.
    """
    if not tx.sees(caller.unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    customer = tx.customers.known(customer.id)  # His figures come one after the other.
    check_base(tx, customer, unit=unit)
    last = tx.contributions.last(customer.id, unit=unit)
    contribution.check(last=last, today=tx.today(unit))
    by = tx.origin.actor
    tx.contributions.put(customer.id, contribution, unit=unit, now=tx.now, by=by)
    tx.record("customer.contribution_told", f"customer/{customer.id}", unit=unit)
