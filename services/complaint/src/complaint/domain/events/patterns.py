"""What is told of cases alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class PatternDetected:
    """There are too many cases alike, and a department has to act on it (CP-58, E-24)."""

    type: ClassVar[str] = "complaint.pattern_detected.v1"
    subject: ClassVar[str] = "pattern/{pattern_id}"

    pattern_id: UUID
    org_unit: str
    category: str
    product: str | None
    department: str
    case_ids: tuple[UUID, ...]
    first_at: datetime
    last_at: datetime
    action_id: UUID
    supervisor_ids: tuple[UUID, ...]
    because: Because
