"""What is told of the development of key customers."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class DevelopmentPlanMoved:
    """A plan of several departments for a customer was proposed, revised or agreed (VS-15)."""

    type: ClassVar[str] = "customer.development_plan_moved.v1"
    subject: ClassVar[str] = "development_plan/{plan_id}"

    plan_id: UUID
    customer_id: UUID
    org_unit: str
    units: tuple[str, ...]
    state: str
