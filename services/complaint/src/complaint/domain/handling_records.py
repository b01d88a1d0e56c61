"""What was found out and done in a case, step by step (CP-03, CP-24, CP-48, CP-54)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from shared.rules import Invalid, RuleBroken

CENT = Decimal("0.01")
LARGEST = Decimal("9999999999.99")


class HandlingStage(StrEnum):
    """What a record is of. In a responsibility analysis the material may pass to a department."""

    INVESTIGATION = "investigation"
    RESPONSIBILITY = "responsibility"
    CAUSE = "cause"
    SOLUTION = "solution"
    COMPENSATION = "compensation"
    FOLLOW_UP = "follow_up"


class CompensationType(StrEnum):
    """How a customer is compensated."""

    REFUND = "refund"
    PAYMENT = "payment"
    DISCOUNT = "discount"
    REPLACEMENT = "replacement"
    SERVICE = "service"


@dataclass(frozen=True)
class HandlingRule:
    """Which steps are recorded before the result is told. ``mandatory``: it is not told without
    them."""

    steps: tuple[HandlingStage, ...]
    mandatory: bool


@dataclass(frozen=True)
class Compensation:
    """What the customer gets, in CNY."""

    type: CompensationType
    amount: Decimal

    def check(self) -> None:
        """Raises AmountUnfit for less than nothing, parts of a fen, or more than can be kept."""
        amount = self.amount
        if not Decimal(0) <= amount <= LARGEST or amount != amount.quantize(CENT):
            raise AmountUnfit("An amount is not negative and has at most two decimals.")


@dataclass(eq=False, kw_only=True)
class HandlingRecord:
    """One record. ``person_ids`` are the persons concerned; ``department`` is the unit to which the
    material was passed."""

    id: UUID
    case_id: UUID
    step: HandlingStage
    by: UUID
    at: datetime
    content: str
    person_ids: tuple[UUID, ...] = ()
    department: str | None = None
    compensation: Compensation | None = None


@dataclass(frozen=True)
class ProcessStep:
    """A step of the handling, and about how many hours it takes."""

    step: HandlingStage
    hours: int


@dataclass(eq=False, kw_only=True)
class ProcessExplanation:
    """What the complainant was told of the way ahead, and how he reaches the handler (CP-24)."""

    id: UUID
    case_id: UUID
    by: UUID
    at: datetime
    outline: str
    steps: tuple[ProcessStep, ...]
    contact: str


class AmountUnfit(Invalid):
    """No such amount can be paid."""

    code = "amount_unfit"


class CompensationUnfit(Invalid):
    """A compensation has type and amount, and nothing else has."""

    code = "compensation_unfit"


class StepsMissing(RuleBroken):
    """The pack wants steps recorded before the result is told."""

    code = "steps_missing"
