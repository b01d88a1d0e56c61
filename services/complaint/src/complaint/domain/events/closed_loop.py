"""Plans of complaints."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from complaint.domain.events.subject import OfComplaint
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class ActionPlanned(OfComplaint):
    """It was decided how a complaint shall be solved, by whom and until when (CP-43)."""

    type: ClassVar[str] = "complaint.action_planned.v1"

    form_id: UUID
    owner_id: UUID
    due_at: datetime
    planned_by: UUID
    because: Because
