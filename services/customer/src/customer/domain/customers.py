"""A customer: the file that sales keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from customer.domain.duplicates import name_key
from customer.domain.events.customers import CustomerChanged, CustomerRegistered
from customer.domain.grading import SizeClass
from customer.domain.kinds import Kind
from shared.rules import RuleBroken

CHANGEABLE = (
    "name",
    "kind",
    "industry",
    "region",
    "annual_amount",
    "org_unit",
    "owner_id",
    "visitor_id",
    "since",
)


class NumberTaken(RuleBroken):
    """Another customer of the company has that number."""

    code = "number_taken"


@dataclass(eq=False, kw_only=True)
class Customer:
    """``number`` is unique in the company. ``annual_amount`` is in 10,000 yuan. ``since`` is when
    the cooperation began, ``region`` where he does business; ``name_key`` is the name as it is
    compared with others."""

    id: UUID
    number: str
    name: str
    kind: Kind
    org_unit: str
    registered_at: datetime
    industry: str | None = None
    region: str | None = None
    annual_amount: Decimal | None = None
    owner_id: UUID | None = None
    visitor_id: UUID | None = None
    since: date | None = None
    version: int = 1
    name_key: str = field(init=False)

    def __post_init__(self) -> None:
        self.name_key = name_key(self.name)

    def registered(self, *, size_class: SizeClass | None) -> CustomerRegistered:
        """What is told of a new customer, and of the size that he begins with."""
        return CustomerRegistered(
            customer_id=self.id,
            org_unit=self.org_unit,
            number=self.number,
            kind=self.kind,
            size_class=size_class,
            owner_id=self.owner_id,
        )

    def change(self, fresh: Mapping[str, Any]) -> CustomerChanged | None:
        """Take over what ``fresh`` names; None when nothing differs."""
        changed = [
            name for name in CHANGEABLE if name in fresh and fresh[name] != getattr(self, name)
        ]
        for name in changed:
            setattr(self, name, fresh[name])
        if not changed:
            return None
        self.name_key = name_key(self.name)
        return CustomerChanged(customer_id=self.id, org_unit=self.org_unit, fields=tuple(changed))
