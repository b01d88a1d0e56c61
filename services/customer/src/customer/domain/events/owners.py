"""What is told of who cares for a customer."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class OwnerChanged:
    """Another person cares for a customer now (CF-22, E-38); ``left`` says that the old one has
    left the company."""

    type: ClassVar[str] = "customer.owner_changed.v1"
    subject: ClassVar[str] = "customer/{customer_id}"

    customer_id: UUID
    org_unit: str
    old_owner_id: UUID | None
    new_owner_id: UUID | None
    left: bool
