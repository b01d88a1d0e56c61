"""The first contact and the clock that waits for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from complaint.domain.events.subject import OfComplaint
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class FirstContactDueSoon(OfComplaint):
    """Little working time is left for the first contact (CP-17)."""

    type: ClassVar[str] = "complaint.first_contact_due_soon.v1"

    handler_id: UUID
    due_at: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class FirstContactBreached(OfComplaint):
    """The complainant was not contacted in time (CP-17). Only ``hard`` ones can be penalised."""

    type: ClassVar[str] = "complaint.first_contact_breached.v1"

    handler_id: UUID
    supervisor_ids: tuple[UUID, ...]
    due_at: datetime
    hard: bool
    because: Because


@dataclass(frozen=True, kw_only=True)
class FirstContactMade(OfComplaint):
    """The complainant or his agent was contacted (CP-17)."""

    type: ClassVar[str] = "complaint.first_contact_made.v1"

    handler_id: UUID
    contacted_at: datetime
    on_time: bool
