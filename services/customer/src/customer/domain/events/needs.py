"""What is told of the needs of customers."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class OfNeed:
    """In the order of one need."""

    type: ClassVar[str]
    subject: ClassVar[str] = "need/{need_id}"

    need_id: UUID
    customer_id: UUID
    org_unit: str


@dataclass(frozen=True, kw_only=True)
class NeedRecorded(OfNeed):
    """A customer needs something, and these departments have to know (E-42)."""

    type: ClassVar[str] = "customer.need_recorded.v1"

    weight: str
    satisfiable: bool
    units: tuple[str, ...]
    told_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class NeedUnanswered(OfNeed):
    """A department has not acknowledged a need in time (E-42)."""

    type: ClassVar[str] = "customer.need_unanswered.v1"

    unit: str
    due_at: datetime
    told_ids: tuple[UUID, ...]
