"""Cases belong together, or one goes on as a case of another kind (K-22)."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from complaint.domain.events.cases import OfCase


@dataclass(frozen=True, kw_only=True)
class CaseLinked(OfCase):
    """Somebody said how a case stands to another one."""

    type: ClassVar[str] = "complaint.case_linked.v1"

    relation: str
    other_kind: str
    other_id: UUID
    linked_by: UUID


@dataclass(frozen=True, kw_only=True)
class CaseConverted(OfCase):
    """A case was something else than it came in as, and goes on as the case ``to_id``."""

    type: ClassVar[str] = "complaint.case_converted.v1"

    customer_id: UUID | None
    to_kind: str
    to_id: UUID
    converted_by: UUID
