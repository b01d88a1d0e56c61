"""What departments do for a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from complaint.domain.events.cases import OfCase
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfSubTask(OfCase):
    """Every event here is of one sub-task of a case."""

    sub_task_id: UUID
    department: str
    handler_id: UUID
    owner_id: UUID
    because: Because


@dataclass(frozen=True, kw_only=True)
class SubTaskOpened(OfSubTask):
    """A department is to do something for a case (CP-25)."""

    type: ClassVar[str] = "complaint.sub_task_opened.v1"

    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class SubTaskChanged(OfSubTask):
    """A sub-task was accepted, reported on, done, returned or cancelled."""

    type: ClassVar[str] = "complaint.sub_task_changed.v1"

    step: str
    state: str
    changed_by: UUID
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class SubTaskDueSoon(OfSubTask):
    """Little time is left for a sub-task."""

    type: ClassVar[str] = "complaint.sub_task_due_soon.v1"

    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class SubTaskOverdue(OfSubTask):
    """A sub-task was not done in time, or its department did not report on it in time (PT-25).
    ``missed``: result or report."""

    type: ClassVar[str] = "complaint.sub_task_overdue.v1"

    missed: str
    supervisor_ids: tuple[UUID, ...]
    due_at: datetime
