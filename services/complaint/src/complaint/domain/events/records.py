"""What was recorded of the handling of a case."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from complaint.domain.events.cases import OfCase


@dataclass(frozen=True, kw_only=True)
class StepRecorded(OfCase):
    """A step of the handling was recorded (CP-03, CP-48, CP-54). ``department`` is the unit to
    which the material passed."""

    type: ClassVar[str] = "complaint.step_recorded.v1"

    record_id: UUID
    step: str
    recorded_by: UUID
    person_ids: tuple[UUID, ...]
    department: str | None


@dataclass(frozen=True, kw_only=True)
class ProcessExplained(OfCase):
    """The complainant was told what will happen, and how he reaches the handler (CP-24)."""

    type: ClassVar[str] = "complaint.process_explained.v1"

    explained_by: UUID
    steps: tuple[str, ...]
