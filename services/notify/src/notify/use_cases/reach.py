"""Let the owners of contacts know which addresses reach nobody (E-47)."""

from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact
from notify.domain.messages import Message
from notify.domain.reach import Gone, LostAddress, moved


def lose_address(tx: NotifyTransaction, message: Message, *, address: str, cause: Gone) -> None:
    """Say once that ``address``, to which ``message`` went, reaches nobody; an address that its
    owner has changed meanwhile is his no more."""
    tx.contacts.alone(message.person_id)
    contact = tx.contacts.get(message.person_id)
    if contact.address_on(message.channel) != address:
        return
    lost = LostAddress(
        contact_id=contact.id,
        channel=message.channel,
        cause=cause,
        message_id=message.id,
        since=tx.now,
    )
    if tx.lost_addresses.add(lost):
        tx.emit(lost.told(contact, org_unit=message.org_unit))


def find_again(tx: NotifyTransaction, told: Contact) -> None:
    """Forget what was said of addresses that ``told`` replaces, before it is kept."""
    known = tx.contacts.find(told.id)
    channels = moved(known, told) if known else frozenset()
    if channels:
        tx.lost_addresses.forget(told.id, channels)
