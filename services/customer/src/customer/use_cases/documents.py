"""Keep the documents of customers: collect, verify, warn before they end."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Customer, Document
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.documents import DocumentRule
from customer.domain.reminders import opening_from
from customer.domain.staff import Caller
from customer.use_cases.audiences import audience_of
from shared.ids import new_id
from shared.rules import Because, Ruling

EXPIRING = "document.expiring"
EXPIRED = "document.expired"
ONE_DAY = timedelta(days=1)


def collect_document(
    tx: CustomerTransaction, customer: Customer, *, caller: Caller, **given: Any
) -> Document:
    """Put a document into the customer's file; the caller is its collector (CF-29).

    Raises Invalid for days that cannot be, and PolicyMissing where no pack knows the kind.
    """
    rule = _rule(tx, customer, given["kind"])
    document = Document(
        id=new_id(),
        customer_id=customer.id,
        collector_id=person_of(caller),
        collected_at=tx.now,
        **given,
    )
    document.check_dates(rule=rule.value)
    tx.documents.add(document)
    _set_timers(tx, customer, document, rule)
    tx.record("document.collected", f"document/{document.id}", customer_id=customer.id)
    _note(tx, document, "document_collected")
    return document


def verify_document(
    tx: CustomerTransaction, customer: Customer, document: Document, *, caller: Caller
) -> Document:
    """Answer for the truth of a document. Raises VerifierIsCollector, DocumentVerified."""
    tx.emit(document.verify(by=person_of(caller), now=tx.now))
    tx.record("document.verified", f"document/{document.id}", customer_id=customer.id)
    _note(tx, document, "document_verified")
    return document


def warn_of_end(tx: CustomerTransaction, *, document_id: UUID, because: Because) -> None:
    """Tell that a document ends soon (CF-29)."""
    document = tx.documents.known(document_id)
    customer = tx.customers.known(document.customer_id)
    audience = audience_of(tx, "document_expiring", customer)
    told = document.expiring(org_unit=customer.org_unit, told=audience, because=because)
    if told is not None:
        tx.emit(told, because=because)
        _note(tx, document, "document_expiring", because=because)


def tell_end(tx: CustomerTransaction, *, document_id: UUID, because: Because) -> None:
    """Tell that a document holds no longer (CF-29)."""
    document = tx.documents.known(document_id)
    customer = tx.customers.known(document.customer_id)
    audience = audience_of(tx, "document_expired", customer)
    told = document.expired(org_unit=customer.org_unit, told=audience, because=because)
    tx.emit(told, because=because)
    _note(tx, document, "document_expired", because=because)


def _note(
    tx: CustomerTransaction, document: Document, kind: str, *, because: Because | None = None
) -> None:
    subject = f"customer/{document.customer_id}"
    tx.note(subject, kind, because=because, document_id=document.id)


def _rule(tx: CustomerTransaction, customer: Customer, kind: str) -> Ruling[DocumentRule]:
    unit = customer.org_unit
    return tx.policies.ruling("documents", unit=unit, on=tx.today(unit), document=kind)


def _set_timers(
    tx: CustomerTransaction, customer: Customer, document: Document, rule: Ruling[DocumentRule]
) -> None:
    last = document.valid_until
    if last is None:
        return
    warning = last - timedelta(days=rule.value.warn_days_before)
    data = {"document_id": document.id, "because": rule.because.to_data()}
    if tx.today(customer.org_unit) <= last:
        due_at = _opening(tx, customer, warning)
        tx.set_timer(EXPIRING, f"document/{document.id}", max(due_at, tx.now), **data)
    due_at = _opening(tx, customer, last + ONE_DAY)
    tx.set_timer(EXPIRED, f"document/{document.id}", due_at, **data)


def _opening(tx: CustomerTransaction, customer: Customer, day: date) -> datetime:
    return opening_from(tx.calendar(customer.org_unit), day)
