"""What is told of customers and their classes."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

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
    """Fields of a customer's file differ now; their values are not told. ``major`` says whether a
    pack calls the change of one of them a major one (CF-07)."""

    type: ClassVar[str] = "customer.changed.v1"

    fields: tuple[str, ...]
    major: bool = False
    told_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClassChanged(OfCustomer):
    """A customer has another class of ``scheme`` than before (CL-07); null is none."""

    type: ClassVar[str] = "customer.class_changed.v1"

    scheme: str
    old: str | None
    new: str | None
    because: Because
