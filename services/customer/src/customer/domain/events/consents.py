"""What is told of consents and disclosures: ids and names of fields, never what they hold."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from customer.domain.events.customers import OfCustomer


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(OfCustomer):
    """A customer allowed in writing that a third party is told fields of his file (CF-09)."""

    type: ClassVar[str] = "customer.consent_given.v1"

    consent_id: UUID
    scope: tuple[str, ...]
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(OfCustomer):
    """A consent ended because the customer wants it so."""

    type: ClassVar[str] = "customer.consent_withdrawn.v1"

    consent_id: UUID


@dataclass(frozen=True, kw_only=True)
class Disclosed(OfCustomer):
    """Fields of a customer's file were told to a third party (CF-09)."""

    type: ClassVar[str] = "customer.disclosed.v1"

    disclosure_id: UUID
    items: tuple[str, ...]
    consent_id: UUID | None
    legal_basis: str | None
