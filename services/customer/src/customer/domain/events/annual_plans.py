"""What is told of the visit plans of a year."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class VisitPlanMoved:
    """The visit plan of a department has come to another state (VS-12)."""

    type: ClassVar[str] = "customer.visit_plan_moved.v1"
    subject: ClassVar[str] = "visit_plan/{plan_id}"

    plan_id: UUID
    org_unit: str
    year: int
    state: str
