"""Erase a person who asks for it from the files of customers (PIPL 47)."""

from uuid import UUID

from customer.adapters.mapping import Contact, Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.erasures import ERASED, KEPT, Erasure, NotAPerson
from customer.domain.kinds import Kind


def erase_person(
    tx: CustomerTransaction, customer: Customer, *, contact_id: UUID | None, reason: str
) -> Erasure:
    """Erase one contact of a customer, or a consumer with his file and all his contacts.

    Raises NotAPerson, NotFound.
    """
    if contact_id is not None:
        contacts = [tx.contacts.get(contact_id, customer_id=customer.id)]
    elif customer.kind is Kind.CONSUMER:
        contacts = tx.contacts.of(customer.id)
        _erase_file(tx, customer)
    else:
        raise NotAPerson("The customer is no person; name one of his contacts.")
    for contact in contacts:
        _erase_contact(tx, customer, contact)
    whole = contact_id is None
    tx.erasures.forget_answers([customer.id, *(contact.id for contact in contacts)])
    subject = f"customer/{customer.id}" if whole else f"contact/{contact_id}"
    told = [contact.id for contact in contacts]
    tx.record("person.erased", subject, reason=reason, contact_ids=told, file=whole)
    tx.note(f"customer/{customer.id}", "person_erased", contact_ids=told, file=whole)
    return Erasure(contacts=len(contacts), file=whole, kept=KEPT)


def _erase_file(tx: CustomerTransaction, customer: Customer) -> None:
    changed = customer.change({"name": ERASED})
    if changed is not None:
        tx.emit(changed)
    tx.session.flush()
    tx.erasures.blank_file(customer.id)


def _erase_contact(tx: CustomerTransaction, customer: Customer, contact: Contact) -> None:
    tx.emit(contact.erase(org_unit=customer.org_unit))
    tx.session.flush()
    tx.erasures.blank_told(contact.id)
