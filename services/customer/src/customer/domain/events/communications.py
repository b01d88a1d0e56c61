"""What is told of communications: ids, never words."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class OfCommunication:
    """In the order of one communication."""

    type: ClassVar[str]
    subject: ClassVar[str] = "communication/{communication_id}"

    communication_id: UUID
    customer_id: UUID
    org_unit: str


@dataclass(frozen=True, kw_only=True)
class CommunicationRecorded(OfCommunication):
    """The minutes are made, and shared with these persons and units (VS-24)."""

    type: ClassVar[str] = "customer.communication_recorded.v1"

    kind: str
    mode: str
    recorded_by: UUID | None
    shared_persons: tuple[str, ...]
    shared_units: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MinutesOverdue(OfCommunication):
    """The minutes of a communication were not made in time (VS-24)."""

    type: ClassVar[str] = "customer.minutes_overdue.v1"

    planned_by: UUID
    supervisor_id: UUID | None
