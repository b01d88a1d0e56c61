"""What is told of negotiations and contracts."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from customer.domain.events.customers import OfCustomer


@dataclass(frozen=True, kw_only=True)
class OpportunityOpened(OfCustomer):
    """A cooperation is negotiated that is expected to begin on a day (VS-21)."""

    type: ClassVar[str] = "customer.opportunity_opened.v1"

    negotiation_id: UUID
    expected_on: date


@dataclass(frozen=True, kw_only=True)
class ContractSigned(OfCustomer):
    """A contract was signed by both sides (AD-04)."""

    type: ClassVar[str] = "customer.contract_signed.v1"

    contract_id: UUID
    products: tuple[str, ...]
    signed_on: date
    valid_until: date | None
