"""What is told of grades."""

from dataclasses import dataclass
from typing import ClassVar

from customer.domain.events.customers import OfCustomer
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class GradeChanged(OfCustomer):
    """A customer has another grade in ``unit`` (CL-24 to CL-29). Of a scheme that customers must
    not know of, neither grade is told (CL-32)."""

    type: ClassVar[str] = "customer.grade_changed.v1"

    unit: str
    scheme: str
    product: str
    old: str | None
    new: str | None
    priority: int | None
    reason: str
    because: Because
