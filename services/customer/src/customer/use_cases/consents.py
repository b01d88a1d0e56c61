"""Keep what customers allow to be told to third parties, and register what is told (CF-09)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Consent, Customer, Disclosure
from customer.adapters.transaction import CustomerTransaction
from customer.domain.consents import ConsentMissing, Item
from customer.domain.legal_bases import LegalBasis
from shared.ids import new_id
from shared.rules import Because, Ruling


def give_consent(tx: CustomerTransaction, customer: Customer, **given: Any) -> Consent:
    """Keep a written consent of a customer (F-42). Raises PeriodEmpty."""
    consent = Consent(id=new_id(), customer_id=customer.id, recorded_at=tx.now, **given)
    event = consent.given(org_unit=customer.org_unit)
    tx.consents.add(consent)
    tx.emit(event)
    tx.record("consent.given", f"customer/{customer.id}", consent_id=consent.id)
    return consent


def withdraw_consent(tx: CustomerTransaction, customer: Customer, consent: Consent) -> Consent:
    """End a consent at once. Raises ConsentAlreadyWithdrawn."""
    tx.emit(consent.withdraw(now=tx.now, org_unit=customer.org_unit))
    tx.record("consent.withdrawn", f"customer/{customer.id}", consent_id=consent.id)
    return consent


def disclose(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    recipient: str,
    purpose: str,
    items: Sequence[Item],
    consent_id: UUID | None,
    legal_basis: str | None,
) -> Disclosure:
    """Register that a third party is told fields of a file; without a consent or a legal basis it
    may not be (CF-09). Raises ConsentMissing, NotFound."""
    because = None
    if consent_id is not None:
        consent = tx.consents.get(consent_id, customer_id=customer.id)
        today = tx.today(customer.org_unit)
        consent.check(recipient=recipient, purpose=purpose, items=items, on=today)
    else:
        because = legal_because(tx, legal_basis, unit=customer.org_unit)
    return register(
        tx,
        customer,
        recipient=recipient,
        purpose=purpose,
        items=tuple(items),
        consent_id=consent_id,
        legal_basis=legal_basis,
        because=because,
    )


def register(tx: CustomerTransaction, customer: Customer, **told: Any) -> Disclosure:
    """Put a disclosure that is allowed into the register."""
    disclosure = Disclosure(
        id=new_id(),
        customer_id=customer.id,
        disclosed_at=tx.now,
        disclosed_by=tx.origin.actor,
        **told,
    )
    tx.disclosures.add(disclosure)
    tx.emit(disclosure.told(org_unit=customer.org_unit), because=disclosure.because)
    tx.record(
        "customer.disclosed",
        f"customer/{customer.id}",
        disclosure_id=disclosure.id,
        items=disclosure.items,
    )
    return disclosure


def legal_because(tx: CustomerTransaction, basis: str | None, *, unit: str) -> Because:
    """The clause that lists ``basis`` for ``unit``. Raises ConsentMissing for any other."""
    listed: list[Ruling[LegalBasis]] = tx.policies.rulings(
        "legal_bases", unit=unit, on=tx.today(unit)
    )
    for ruling in listed:
        if ruling.value.basis == basis:
            return ruling.because
    known = [ruling.value.basis for ruling in listed]
    raise ConsentMissing(
        "Name a consent of the customer that holds, or a legal basis.", legal_bases=known
    )
