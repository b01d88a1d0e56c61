"""What is told of training that a problem showed the need of."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfTraining:
    """Every event here is of one training, in the order of the events of that training."""

    type: ClassVar[str]
    subject: ClassVar[str] = "training/{training_id}"

    training_id: UUID
    case_id: UUID
    org_unit: str
    department: str
    person_ids: tuple[UUID, ...]
    topic: str
    requested_by: UUID
    owner_id: UUID | None
    due_at: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class TrainingRequested(OfTraining):
    """A problem comes from service or operation: those persons are to be trained (PT-16, E-25)."""

    type: ClassVar[str] = "complaint.training_requested.v1"


@dataclass(frozen=True, kw_only=True)
class TrainingOverdue(OfTraining):
    """The training was not held in time."""

    type: ClassVar[str] = "complaint.training_overdue.v1"

    supervisor_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class TrainingEnded(OfTraining):
    """The department answered. ``outcome``: held or declined."""

    type: ClassVar[str] = "complaint.training_ended.v1"

    outcome: str
    attended_ids: tuple[UUID, ...]
