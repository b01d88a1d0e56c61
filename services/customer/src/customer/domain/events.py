"""What customer tells the world. Each class has a contract in ``shared/contracts/events``.

Only ContactChanged carries personal data; it travels on the private exchange.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from customer.domain.birthdays import Birthday
from customer.domain.grading import SizeClass
from customer.domain.kinds import Kind
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfCustomer:
    """In the order of one customer."""

    type: ClassVar[str]
    subject: ClassVar[str] = "customer/{customer_id}"

    customer_id: UUID
    org_unit: str


@dataclass(frozen=True, kw_only=True)
class CustomerRegistered(OfCustomer):
    """There is a new customer."""

    type: ClassVar[str] = "customer.registered.v1"

    number: str
    kind: Kind
    size_class: SizeClass | None
    owner_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class CustomerChanged(OfCustomer):
    """Fields of a customer's file differ now; their values are not told."""

    type: ClassVar[str] = "customer.changed.v1"

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SizeClassChanged(OfCustomer):
    """A customer has another class of ``scheme`` than before (CL-07); null is none."""

    type: ClassVar[str] = "customer.class_changed.v1"

    scheme: str
    old: SizeClass | None
    new: SizeClass | None
    because: Because


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
class VisitCompleted(OfVisit):
    """A visit was made and reported on."""

    type: ClassVar[str] = "customer.visit_completed.v1"

    visitor_id: UUID
    completed_on: date


@dataclass(frozen=True, kw_only=True)
class VisitCancelled(OfVisit):
    """A visit will not be made; mostly another one is planned instead."""

    type: ClassVar[str] = "customer.visit_cancelled.v1"

    reason: str


@dataclass(frozen=True)
class ContactAddress:
    """Where a channel reaches somebody."""

    channel: str
    address: str


@dataclass(frozen=True, kw_only=True)
class ContactChanged:
    """All that is needed to reach a contact and to greet him; replaces what was told before."""

    type: ClassVar[str] = "customer.contact_changed.v1"
    subject: ClassVar[str] = "contact/{contact_id}"
    private: ClassVar[bool] = True

    contact_id: UUID
    customer_id: UUID
    org_unit: str
    active: bool
    name: str
    language: str
    zone: str
    addresses: tuple[ContactAddress, ...]
    birthday: Birthday | None
    kind: str = "customer_contact"
