"""What a customer needs, and the departments that have to know it (CF-43 to CF-47)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from customer.domain.events.needs import NeedRecorded
from shared.rules import Because, Invalid, RuleBroken


class NeedIncomplete(Invalid):
    """The standard form asks for more (CF-43)."""

    code = "need_incomplete"


class AlreadyAcknowledged(RuleBroken):
    """The department has acknowledged the need before."""

    code = "already_acknowledged"


class Weight(StrEnum):
    """How much hangs on a need (CF-43)."""

    CRITICAL = "critical"
    ORDINARY = "ordinary"


class Dimension(StrEnum):
    """What a need is about (CF-44)."""

    FUNCTION = "function"
    QUALITY = "quality"
    PRICE = "price"
    DELIVERY = "delivery"


class Origin(StrEnum):
    """How it became known (CF-45)."""

    QUESTIONNAIRE = "questionnaire"
    INTERVIEW = "interview"
    DATA_ANALYSIS = "data_analysis"
    VISIT = "visit"


@dataclass(frozen=True)
class NeedRule:
    """The fields that the standard form asks for besides the mandatory ones, and within how many
    working days a department acknowledges (CF-43, CF-46, CF-47)."""

    required: tuple[str, ...]
    acknowledge_working_days: int

    def check(self, given: Mapping[str, Any], because: Because) -> None:
        """Raise NeedIncomplete for a form that is not whole."""
        missing = [name for name in self.required if not given.get(name)]
        if missing:
            raise NeedIncomplete("The form is not whole.", because=because, missing=missing)


@dataclass(eq=False, kw_only=True)
class NeedTarget:
    """A department that has to acknowledge a need until ``due_at`` (UTC)."""

    need_id: UUID
    unit: str
    due_at: datetime
    acknowledged_by: UUID | None = None
    acknowledged_at: datetime | None = None
    version: int = 1

    def acknowledge(self, *, by: UUID, now: datetime) -> None:
        """Say that the department knows. Raises AlreadyAcknowledged."""
        if self.acknowledged_at is not None:
            raise AlreadyAcknowledged("The department has acknowledged it before.")
        self.acknowledged_by, self.acknowledged_at = by, now


@dataclass(eq=False, kw_only=True)
class Need:
    """``satisfiable_now`` tells what can be met today from what takes improvement (CF-43)."""

    id: UUID
    customer_id: UUID
    org_unit: str
    weight: Weight
    satisfiable_now: bool
    dimension: Dimension
    origin: Origin
    text: str
    recorded_by: UUID
    recorded_at: datetime
    expectation: str | None = None
    wanted_by: str | None = None
    targets: list[NeedTarget] = field(default_factory=list)
    version: int = 1

    def recorded(self, told: tuple[UUID, ...]) -> NeedRecorded:
        """What is told of a new need: no word of it."""
        return NeedRecorded(
            need_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            weight=self.weight,
            satisfiable=self.satisfiable_now,
            units=tuple(target.unit for target in self.targets),
            told_ids=told,
        )
