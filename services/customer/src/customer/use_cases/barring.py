"""Refuse dealings with customers who stand on a blacklist (AD-11, AD-16)."""

from uuid import UUID

from customer.adapters.mapping import BlacklistEntry
from customer.adapters.transaction import CustomerTransaction
from customer.domain.blacklist_rules import CustomerBlacklisted


def barred(tx: CustomerTransaction, customer_id: UUID, *, unit: str) -> BlacklistEntry | None:
    """The entry that bars ``unit`` from dealing with the customer, whom nobody lists before our
    commit. Raises UnitUnknown."""
    tx.blacklist.hold(customer_id)
    return tx.blacklist.barring(customer_id, unit=unit)


def refuse_barred(tx: CustomerTransaction, customer_id: UUID, *, unit: str) -> None:
    """Raise CustomerBlacklisted, with scope and clause but never the reason, where the customer
    stands on the list of the company, of ``unit`` or of a unit above it (AD-11, AD-16)."""
    entry = barred(tx, customer_id, unit=unit)
    if entry is not None:
        raise CustomerBlacklisted(
            "The customer stands on a blacklist.",
            because=entry.because,
            scope=entry.scope.value,
        )
