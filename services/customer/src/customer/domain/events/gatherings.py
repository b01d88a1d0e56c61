"""What is told of gatherings."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class GatheringMoved:
    """A gathering has come to another state."""

    type: ClassVar[str] = "customer.gathering_moved.v1"
    subject: ClassVar[str] = "gathering/{gathering_id}"

    gathering_id: UUID
    org_unit: str
    kind: str
    state: str
    organiser_id: UUID
    planned_on: date


@dataclass(frozen=True, kw_only=True)
class GatheringWanted:
    """The cycle of a kind has run out and no other gathering is planned (VS-07, VS-15)."""

    type: ClassVar[str] = "customer.gathering_wanted.v1"
    subject: ClassVar[str] = "gathering_cycle/{org_unit}/{kind}"

    org_unit: str
    kind: str
    because: Because
