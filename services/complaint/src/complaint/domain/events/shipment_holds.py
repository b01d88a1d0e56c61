"""What is told of goods that are not to be shipped."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfHold:
    """Every event here is of one hold, in the order of the events of that hold."""

    type: ClassVar[str]
    subject: ClassVar[str] = "shipment_hold/{hold_id}"

    hold_id: UUID
    case_id: UUID
    org_unit: str
    department: str
    product: str
    batch: str | None
    owner_id: UUID | None
    due_at: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class ShipmentHoldRequested(OfHold):
    """From now on nothing of the product, or of the batch, is to be shipped (PT-13, E-23)."""

    type: ClassVar[str] = "complaint.shipment_hold_requested.v1"

    requested_by: UUID
    supervisor_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class ShipmentHoldOverdue(OfHold):
    """Nobody said in time that shipping has stopped."""

    type: ClassVar[str] = "complaint.shipment_hold_overdue.v1"

    supervisor_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class ShipmentHoldReleased(OfHold):
    """The goods may be shipped again: the plan is approved, or there was nothing to hold.
    ``outcome``: released, refused or cancelled."""

    type: ClassVar[str] = "complaint.shipment_hold_released.v1"

    outcome: str
    released_by: UUID
