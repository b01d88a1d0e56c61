"""Find the persons whom an event is to name (CF-17, CF-29, CF-47, CL-23, CL-24)."""

from collections.abc import Collection
from uuid import UUID

from customer.adapters.mapping import Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.audiences import Audience
from shared.rules import Ruling


def audience_of(
    tx: CustomerTransaction, event: str, customer: Customer, *, units: Collection[str] = ()
) -> tuple[UUID, ...]:
    """Whom the packs of each of ``units`` name, by default those of the customer's own unit; by id
    and each once. Whoever does what is told of does not need to hear of it.

    Raises UnitUnknown.
    """
    found: set[UUID] = set()
    for unit in units or (customer.org_unit,):
        rulings: list[Ruling[Audience]] = tx.policies.rulings(
            "audiences", unit=unit, on=tx.today(unit), event=event
        )
        for ruling in rulings:
            found |= _persons(tx, ruling.value, customer, unit)
    return tuple(sorted(one for one in found if str(one) != tx.origin.actor))


def _persons(
    tx: CustomerTransaction, audience: Audience, customer: Customer, unit: str
) -> set[UUID]:
    found = {one for role in audience.nearest for one in tx.staff.nearest(role, unit=unit)}
    found |= set(tx.staff.holders(audience.everywhere))
    if audience.owner and customer.owner_id is not None:
        found.add(customer.owner_id)
    return found
