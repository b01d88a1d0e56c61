"""Whom one can write to, in which language, and where; told by dispatch and customer."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from notify.domain.birthdays import Birthday


class ContactKind(StrEnum):
    PERSON = "person"
    CUSTOMER_CONTACT = "customer_contact"


@dataclass(frozen=True)
class Address:
    """Where a channel reaches somebody."""

    channel: str
    address: str


@dataclass(eq=False, kw_only=True)
class Contact:
    """A member of the staff or the contact of a customer.

    ``language`` is a BCP 47 tag, ``zone`` an IANA time zone. ``addresses`` stand in the order in
    which the contact wants them tried (CM-04). The staff has neither unit nor customer here.
    """

    id: UUID
    kind: ContactKind
    active: bool
    name: str
    language: str
    zone: str
    addresses: tuple[Address, ...]
    birthday: Birthday | None = None
    org_unit: str | None = None
    customer_id: UUID | None = None

    def forget(self) -> None:
        """Keep nothing of the person but that he is not to be reached."""
        self.name, self.active, self.addresses, self.birthday = "erased", False, (), None

    def address_on(self, channel: str) -> str | None:
        """Where ``channel`` reaches the contact: the first address that names it."""
        return next((one.address for one in self.addresses if one.channel == channel), None)

    def channels(self, allowed: Collection[str]) -> tuple[str, ...]:
        """The channels of the contact that are allowed, in his order, each once."""
        wanted = (one.channel for one in self.addresses if one.channel in allowed)
        return tuple(dict.fromkeys(wanted))
