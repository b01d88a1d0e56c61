"""Addresses at which nobody is reached any more, until their owner tells another one (E-47)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from notify.domain.contacts import Contact
from notify.domain.events import ContactUnreachable


class Gone(StrEnum):
    """Why an address reaches nobody: what others said of the address, not of a message."""

    ADDRESS_INVALID = "address_invalid"  # it is none of its kind
    MAILBOX_UNKNOWN = "mailbox_unknown"
    NUMBER_VOID = "number_void"
    ENDPOINT_GONE = "endpoint_gone"


@dataclass(eq=False, kw_only=True)
class LostAddress:
    """An address of a contact on a channel that reaches nobody since ``since``; not the address."""

    contact_id: UUID
    channel: str
    cause: Gone
    message_id: UUID
    since: datetime

    def told(self, contact: Contact, *, org_unit: str) -> ContactUnreachable:
        """What the owner of the contact is told."""
        return ContactUnreachable(
            contact_id=self.contact_id,
            kind=contact.kind.value,
            customer_id=contact.customer_id,
            org_unit=org_unit,
            channel=self.channel,
            cause=self.cause.value,
            message_id=self.message_id,
            since=self.since,
        )


def moved(before: Contact, after: Contact) -> frozenset[str]:
    """The channels on which a contact is at another address than before, or at none."""
    channels = {one.channel for one in before.addresses}
    return frozenset(one for one in channels if before.address_on(one) != after.address_on(one))
