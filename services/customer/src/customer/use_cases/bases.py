"""In the name of which unit somebody deals with a customer."""

from customer.adapters.mapping import Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.staff import Caller


def base_of(tx: CustomerTransaction, customer: Customer, *, caller: Caller) -> str:
    """The customer's own unit where the caller sees it, else the first of those in whose customer
    base the customer stands and that the caller sees. Without any of them the caller's own unit:
    whoever sees no base of a customer is not shown the customer."""
    bases = (customer.org_unit, *(one.unit for one in tx.memberships.of(customer.id)))
    return next((unit for unit in bases if tx.sees(caller.unit, unit)), caller.unit)
