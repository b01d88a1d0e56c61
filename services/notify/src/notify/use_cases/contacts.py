"""Keep the contacts as their owners tell them, and do what waited for them."""

from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact
from notify.use_cases.care_dates import await_days, forget_dates
from notify.use_cases.care_tasks import stop_tasks_of
from notify.use_cases.festivals import enter_circle
from notify.use_cases.planning import look_again
from notify.use_cases.reach import find_again


def keep_contact(tx: NotifyTransaction, told: Contact) -> None:
    """Store what was told last, release what was held for the contact, and await the birthday."""
    tx.contacts.alone(told.id)
    find_again(tx, told)
    contact = tx.contacts.keep(told)
    for message in tx.messages.held_for(contact.id):
        look_again(tx, message, contact)
    await_days(tx, contact)
    enter_circle(tx, contact)
    if not contact.active:
        stop_tasks_of(tx, contact.id)


def forget_contact(tx: NotifyTransaction, contact_id: UUID) -> None:
    """Forget a person who was erased: he is not written to again, and what he was sent is blank."""
    tx.contacts.alone(contact_id)
    contact = tx.contacts.find(contact_id)
    if contact is not None:
        contact.forget()
        for message in tx.messages.held_for(contact.id):
            look_again(tx, message, contact)
        forget_dates(tx, contact_id)
        await_days(tx, contact)
        stop_tasks_of(tx, contact_id)
    tx.promotion_consents.forget(contact_id)
    tx.lost_addresses.forget(contact_id)
    tx.messages.blank(contact_id)
    tx.preferences.forget(contact_id)
