"""The complainant is kept informed while his complaint is open."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from complaint.domain.events.subject import OfComplaint
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class ProgressDue(OfComplaint):
    """The complainant is to be told soon how far his complaint is (CP-26, CP-27)."""

    type: ClassVar[str] = "complaint.progress_due.v1"

    handler_id: UUID
    due_at: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class ProgressOverdue(OfComplaint):
    """The complainant was not told in time how far his complaint is (CP-26, CP-27)."""

    type: ClassVar[str] = "complaint.progress_overdue.v1"

    handler_id: UUID
    supervisor_ids: tuple[UUID, ...]
    due_at: datetime
    hard: bool
    because: Because


@dataclass(frozen=True, kw_only=True)
class ProgressTold(OfComplaint):
    """The complainant was told how far his complaint is."""

    type: ClassVar[str] = "complaint.progress_told.v1"

    told_by: UUID
    told_at: datetime
    on_time: bool | None


@dataclass(frozen=True, kw_only=True)
class MessageReceived(OfComplaint):
    """The complainant said something while his complaint is open; what he said is not told."""

    type: ClassVar[str] = "complaint.message_received.v1"

    message_id: UUID
    handler_id: UUID
    channel: str
    received_at: datetime
