"""What is told of visits."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from customer.domain.visit_rules import VisitMode
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfVisit:
    """In the order of one visit."""

    type: ClassVar[str]
    subject: ClassVar[str] = "visit/{visit_id}"

    visit_id: UUID
    customer_id: UUID
    org_unit: str


@dataclass(frozen=True, kw_only=True)
class VisitPlanned(OfVisit):
    """A visit is due on a day and has a visitor (VS-01)."""

    type: ClassVar[str] = "customer.visit_planned.v1"

    visitor_id: UUID
    supervisor_id: UUID | None
    due_on: date
    activity: str
    because: Because


@dataclass(frozen=True, kw_only=True)
class VisitDue(OfVisit):
    """The visitor is to be reminded of a visit (VS-43)."""

    type: ClassVar[str] = "customer.visit_due.v1"

    visitor_id: UUID
    due_on: date
    because: Because


@dataclass(frozen=True, kw_only=True)
class VisitOverdue(OfVisit):
    """A visit was not made in time: the supervisor is to know (VS-43). He is null only where there
    is nobody above the visitor and no department head."""

    type: ClassVar[str] = "customer.visit_overdue.v1"

    visitor_id: UUID
    supervisor_id: UUID | None
    due_on: date
    because: Because


@dataclass(frozen=True, kw_only=True)
class VisitEscalated(OfVisit):
    """A visit is still not made, although the supervisor was told: who is above him is to know
    (VS-43). Null where there is nobody."""

    type: ClassVar[str] = "customer.visit_escalated.v1"

    visitor_id: UUID
    supervisor_id: UUID | None
    superior_id: UUID | None
    due_on: date
    because: Because


@dataclass(frozen=True, kw_only=True)
class VisitCompleted(OfVisit):
    """A visit was made and reported on."""

    type: ClassVar[str] = "customer.visit_completed.v1"

    visitor_id: UUID
    completed_on: date
    activity: str
    mode: VisitMode | None
    data_changed: bool


@dataclass(frozen=True, kw_only=True)
class VisitDataUpdated(OfVisit):
    """A visit brought the customer's data up to date: the office that keeps them is to know
    (CF-37). Null where nobody holds that office."""

    type: ClassVar[str] = "customer.visit_data_updated.v1"

    office_id: UUID | None
    because: Because


@dataclass(frozen=True, kw_only=True)
class VisitCancelled(OfVisit):
    """A visit will not be made; mostly another one is planned instead."""

    type: ClassVar[str] = "customer.visit_cancelled.v1"

    reason: str
