"""What is told of joint inspections of partners."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from customer.domain.events.customers import OfCustomer
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfInspection(OfCustomer):
    """In the order of the partner who is inspected."""

    inspection_id: UUID
    planned_on: date
    organiser_id: UUID
    units: tuple[str, ...]
    because: Because


@dataclass(frozen=True, kw_only=True)
class InspectionMoved(OfInspection):
    """A joint inspection is planned, held, concluded or cancelled (AD-29)."""

    type: ClassVar[str] = "customer.inspection_moved.v1"

    state: str


@dataclass(frozen=True, kw_only=True)
class InspectionDue(OfInspection):
    """A joint inspection is near (AD-29)."""

    type: ClassVar[str] = "customer.inspection_due.v1"
