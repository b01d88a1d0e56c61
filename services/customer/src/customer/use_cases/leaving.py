"""Let a customer leave the customer bases of units, and end what rests on his standing there."""

from collections.abc import Iterable

from customer.adapters.mapping import Customer, Membership
from customer.adapters.transaction import CustomerTransaction
from customer.domain.events.admission import Exited
from customer.domain.memberships import Standing
from customer.use_cases.admission import end_all
from customer.use_cases.visit_plans import plan_visits
from shared.rules import Because


def leave(
    tx: CustomerTransaction,
    customer: Customer,
    memberships: Iterable[Membership],
    *,
    way: str,
    because: Because | None,
) -> None:
    """End those standings of a customer, his admissions to the same units, and his visits there.
    Whoever has left comes back by a new admission alone (AD-23, CF-34)."""
    for membership in memberships:
        unit = membership.unit
        if membership.take(Standing.EXITED, now=tx.now):
            exited = Exited(customer_id=customer.id, org_unit=unit, way=way, because=because)
            tx.emit(exited, because=because)
            tx.note(f"customer/{customer.id}", "exited", unit=unit)
            tx.record("customer.exited", f"customer/{customer.id}", unit=unit, way=way)
        end_all(tx, customer, unit=unit)
    tx.session.flush()
    plan_visits(tx, customer, recount=False)
