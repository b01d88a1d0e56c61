"""What is told of the benefits of partners. Neither grade nor rank is told (CL-32)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from customer.domain.benefit_states import State
from customer.domain.events.customers import OfCustomer
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class BenefitGranted(OfCustomer):
    """A partner pays a lower fee or is served better in the unit and below (CL-35)."""

    type: ClassVar[str] = "customer.benefit_granted.v1"

    benefit_id: UUID
    discount: int
    services: tuple[str, ...]
    valid_from: date
    valid_until: date
    because: Because


@dataclass(frozen=True, kw_only=True)
class BenefitEnded(OfCustomer):
    """A benefit that was granted holds no longer: expired or withdrawn (CL-35)."""

    type: ClassVar[str] = "customer.benefit_ended.v1"

    benefit_id: UUID
    how: State
    because: Because
