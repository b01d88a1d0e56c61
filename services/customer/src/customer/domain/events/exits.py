"""What is told of exit cases: never the words in them."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from customer.domain.events.customers import OfCustomer
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class ExitProposed(OfCustomer):
    """Somebody, or a review, proposes to adjust or end a cooperation (AD-22, AD-23)."""

    type: ClassVar[str] = "customer.exit_proposed.v1"

    case_id: UUID
    kind: str
    reason_code: str
    criteria: tuple[str, ...]
    told_roles: tuple[str, ...]
    because: Because


@dataclass(frozen=True, kw_only=True)
class ExitClosed(OfCustomer):
    """A case was approved, rejected or withdrawn (AD-23)."""

    type: ClassVar[str] = "customer.exit_closed.v1"

    case_id: UUID
    kind: str
    outcome: str
    because: Because


@dataclass(frozen=True, kw_only=True)
class ExitReviewDue(OfCustomer):
    """Today the unit looks again at a cooperation that was adjusted (AD-23)."""

    type: ClassVar[str] = "customer.exit_review_due.v1"

    case_id: UUID
    proposed_by: str
    because: Because
