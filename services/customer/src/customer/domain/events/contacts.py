"""What is told of contacts: personal data, on the private exchange alone."""

from dataclasses import dataclass
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
    kind: str = "customer_contact"
