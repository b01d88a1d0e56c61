"""What is told of grades."""

from dataclasses import dataclass
from typing import ClassVar, Self
from uuid import UUID

from customer.domain.events.customers import OfCustomer
from customer.domain.grade_schemes import GradeScheme
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

    @classmethod
    def by(
        cls,
        scheme: GradeScheme,
        *,
        customer_id: UUID,
        org_unit: str,
        unit: str,
        product: str,
        old: str | None,
        new: str,
        because: Because,
        secret: bool,
    ) -> Self:
        """A change by ``scheme``; of one that is ``secret`` no more than that there is one."""
        value = scheme.value(new)
        return cls(
            customer_id=customer_id,
            org_unit=org_unit,
            unit=unit,
            scheme=scheme.scheme,
            product=product,
            old=None if secret else old,
            new=None if secret else new,
            priority=value.priority if value and not secret else None,
            reason="graded" if secret else scheme.change(old, new),
            because=because,
        )
