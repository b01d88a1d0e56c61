"""Keep the persons whom one talks to at a customer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Contact, Customer
from customer.adapters.phones import e164
from customer.adapters.transaction import CustomerTransaction
from customer.domain.contacts import Unreachable
from customer.use_cases.files import follow_change, recount_file
from shared.ids import new_id

LANGUAGE = "zh-CN"  # In which a contact is written to who has not said otherwise.


def add_contact(tx: CustomerTransaction, customer: Customer, **given: Any) -> Contact:
    """Add a contact to the file of a customer. Raises PhoneInvalid, and as ``enter``."""
    contact = enter(tx, customer, **normalised(given))
    recount_file(tx, customer)
    tx.record("contact.added", f"contact/{contact.id}", customer_id=customer.id)
    tx.note(f"customer/{customer.id}", "contact_added", contact_id=contact.id)
    return contact


def enter(tx: CustomerTransaction, customer: Customer, **given: Any) -> Contact:
    """Put a contact, whose fields have their kept form, into the books.

    Language and zone are the unit's own unless given. Raises CalendarMissing when it has no zone.
    """
    contact = Contact(
        id=new_id(),
        customer_id=customer.id,
        **{
            **given,
            "language": given.get("language") or LANGUAGE,
            "zone": given.get("zone") or tx.calendar(customer.org_unit).zone,
        },
    )
    tx.contacts.add(contact)
    tx.emit(contact.told(org_unit=customer.org_unit, since=customer.since))
    return contact


def change_contact(
    tx: CustomerTransaction, customer: Customer, contact: Contact, *, fresh: Mapping[str, Any]
) -> Contact:
    """Change what is named in ``fresh``. Raises PhoneInvalid."""
    revise(tx, customer, contact, normalised(fresh))
    return contact


def revise(
    tx: CustomerTransaction, customer: Customer, contact: Contact, fresh: Mapping[str, Any]
) -> bool:
    """Take over fields in their kept form; whether anything is different now."""
    changed = contact.change(fresh)
    if changed:
        contact.readdress(changed, tx.now)
        fields = [f"contact.{name}" for name in changed]
        follow_change(tx, customer, fields, old={}, new={}, reason=None, personal=fields)
        tx.emit(contact.told(org_unit=customer.org_unit, since=customer.since))
        tx.record("contact.changed", f"contact/{contact.id}", fields=changed)
        tx.note(f"customer/{customer.id}", "contact_changed", contact_id=contact.id, fields=changed)
    return bool(changed)


def lose_address(tx: CustomerTransaction, *, contact_id: UUID, found: Unreachable) -> None:
    """Mark an address of a contact at which notify reached nobody, so that somebody asks for
    another one (E-47, CF-14); contacts of others are not kept here."""
    contact = tx.contacts.find(contact_id)
    if contact is None or not contact.lose(found):
        return
    tx.note(
        f"customer/{contact.customer_id}",
        "contact_unreachable",
        contact_id=contact.id,
        channel=found.channel,
        cause=found.cause,
    )


def reveal_contact(tx: CustomerTransaction, contact: Contact, *, reason: str) -> Contact:
    """Show a contact in full, and keep who asked and why (CF-08)."""
    tx.record("contact.revealed", f"contact/{contact.id}", reason=reason)
    return contact


def tell_contacts(tx: CustomerTransaction, customer: Customer) -> None:
    """Tell every contact of a customer anew: his unit, or since when he is one, is another now."""
    for contact in tx.contacts.of(customer.id):
        tx.emit(contact.told(org_unit=customer.org_unit, since=customer.since))


def normalised(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with the telephone number in E.164. Raises PhoneInvalid."""
    phone = given.get("phone")
    return {**given, "phone": e164(phone)} if phone else dict(given)
