"""Which grades a customer holds."""

from customer.adapters.mapping import Customer
from customer.adapters.transaction import CustomerTransaction
from shared.org_units import chain


def held(tx: CustomerTransaction, customer: Customer, *, unit: str) -> frozenset[str]:
    """The grades that hold for a customer in ``unit``, each with its scheme: ``size:large`` (K-02).

    They are the fact ``grade`` of every section that asks for one. A grade holds in the unit that
    gave it and in the units below (CL-26). Raises UnitUnknown.
    """
    given = tx.grades.current(customer.id, units=chain(tx.session, unit))
    return frozenset(f"{scheme}:{grade}" for scheme, grade in given.items())
