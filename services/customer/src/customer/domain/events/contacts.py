"""What is told of contacts: personal data, on the private exchange alone."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from customer.domain.birthdays import Birthday


@dataclass(frozen=True)
class ContactAddress:
    """Where a channel reaches somebody."""

    channel: str
    address: str


@dataclass(frozen=True, kw_only=True)
class ContactChanged:
    """All that is needed to reach a contact and to greet him; replaces what was told before."""

    type: ClassVar[str] = "customer.contact_changed.v1"
    subject: ClassVar[str] = "contact/{contact_id}"
    private: ClassVar[bool] = True

    contact_id: UUID
    customer_id: UUID
    org_unit: str
    active: bool
    name: str
    language: str
    zone: str
    addresses: tuple[ContactAddress, ...]
    birthday: Birthday | None
    customer_since: date | None
    kind: str = "customer_contact"


@dataclass(frozen=True, kw_only=True)
class ContactErased:
    """A person was erased; whoever keeps something of him forgets it. It holds ids alone, and
    travels where the contact was told, so that it comes behind that."""

    type: ClassVar[str] = "customer.contact_erased.v1"
    subject: ClassVar[str] = "contact/{contact_id}"
    private: ClassVar[bool] = True

    contact_id: UUID
    customer_id: UUID
    org_unit: str
