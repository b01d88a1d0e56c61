"""What is told of reviews and of grades that have to be lowered."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from customer.domain.events.customers import OfCustomer
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class EvaluationDue(OfCustomer):
    """A unit is to review a customer and to report by a day (CL-23)."""

    type: ClassVar[str] = "customer.evaluation_due.v1"

    review_id: UUID
    unit: str
    scheme: str
    due_on: date
    told_ids: tuple[UUID, ...]
    because: Because


@dataclass(frozen=True, kw_only=True)
class EvaluationOverdue(OfCustomer):
    """A review was not reported in time: the marketing division is to know (CL-23)."""

    type: ClassVar[str] = "customer.evaluation_overdue.v1"

    review_id: UUID
    unit: str
    scheme: str
    due_on: date
    told_roles: tuple[str, ...]
    told_ids: tuple[UUID, ...]
    because: Because


@dataclass(frozen=True, kw_only=True)
class DowngradeDue(OfCustomer):
    """Today is the last day on which a unit may lower a grade in time (CL-24)."""

    type: ClassVar[str] = "customer.downgrade_due.v1"

    problem_id: UUID
    unit: str
    scheme: str
    due_on: date
    told_ids: tuple[UUID, ...]
    because: Because


@dataclass(frozen=True, kw_only=True)
class DowngradeOverdue(OfCustomer):
    """A grade was not lowered in time (CL-24)."""

    type: ClassVar[str] = "customer.downgrade_overdue.v1"

    problem_id: UUID
    unit: str
    scheme: str
    due_on: date
    told_ids: tuple[UUID, ...]
    because: Because
