"""The emergency mechanism of a complaint."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from complaint.domain.emergencies import Cause
from complaint.domain.events.subject import OfComplaint
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class EmergencyStarted(OfComplaint):
    """A major problem or an emergency of a key account: the whole group is told at once (CP-42,
    E-44)."""

    type: ClassVar[str] = "complaint.emergency_started.v1"

    emergency_id: UUID
    customer_id: UUID | None
    level: int
    cause: Cause
    started_by: UUID | None
    told_ids: tuple[UUID, ...]
    because: Because


@dataclass(frozen=True, kw_only=True)
class EmergencyEnded(OfComplaint):
    """Somebody of the group said that an emergency is over (CP-42)."""

    type: ClassVar[str] = "complaint.emergency_ended.v1"

    emergency_id: UUID
    ended_by: UUID
    ended_at: datetime
    told_ids: tuple[UUID, ...]
    because: Because
