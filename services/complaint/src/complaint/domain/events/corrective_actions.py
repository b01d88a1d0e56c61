"""What is told of corrective and preventive actions."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfAction:
    """Every event here is of one action, in the order of the events of that action."""

    type: ClassVar[str]
    subject: ClassVar[str] = "corrective_action/{action_id}"

    action_id: UUID
    org_unit: str
    department: str
    kind: str
    source: str
    owner_id: UUID | None
    due_at: datetime
    procedure: str
    because: Because


@dataclass(frozen=True, kw_only=True)
class CorrectiveActionOpened(OfAction):
    """A department has to end a fault, or to keep one from happening (CP-55, CP-56, XC-13)."""

    type: ClassVar[str] = "complaint.corrective_action_opened.v1"

    source_id: UUID


@dataclass(frozen=True, kw_only=True)
class CorrectiveActionOverdue(OfAction):
    """An action was not done in time (E-24)."""

    type: ClassVar[str] = "complaint.corrective_action_overdue.v1"

    supervisor_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class CorrectiveActionVerified(OfAction):
    """Somebody other than the owner saw that the measures work."""

    type: ClassVar[str] = "complaint.corrective_action_verified.v1"

    verified_by: UUID
    verified_at: datetime
