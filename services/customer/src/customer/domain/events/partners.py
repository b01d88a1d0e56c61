"""What is told of the admission forms of partners."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from customer.domain.events.customers import OfCustomer


@dataclass(frozen=True, kw_only=True)
class PartnerSubmitted(OfCustomer):
    """A form waits for the office (AD-28)."""

    type: ClassVar[str] = "customer.partner_submitted.v1"

    form_id: UUID


@dataclass(frozen=True, kw_only=True)
class PartnerDeclined(OfCustomer):
    """A partner was turned away; the explanation stays in the form (AD-28)."""

    type: ClassVar[str] = "customer.partner_declined.v1"

    form_id: UUID


@dataclass(frozen=True, kw_only=True)
class PartnerArchived(OfCustomer):
    """The office put the form of a partner into its archive (AD-29)."""

    type: ClassVar[str] = "customer.partner_archived.v1"

    form_id: UUID
    archive_number: str
