"""How a complaint shall be solved, by whom and until when: the section ``closed_loop`` of a pack
(CP-43)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from complaint.domain.satisfaction import Method
from shared.rules import Because, Invalid, RuleBroken, Ruling


@dataclass(frozen=True)
class ClosedLoopRule:
    """A plan comes before the work, and after the solution the complainant is asked, by one of the
    methods of ``return_calls``, how satisfied he is."""

    return_calls: frozenset[Method]


@dataclass(frozen=True)
class ActionPlan:
    """What will be done, who sees to it, until when, and who planned it."""

    measures: str
    owner_id: UUID
    due_at: datetime
    by: UUID
    at: datetime
    because: Because


class PlanMissing(RuleBroken):
    """Nothing is done and no result is told without a plan, an owner and a deadline (CP-43)."""

    code = "plan_missing"


class ReturnCallMissing(Invalid):
    """Whether the complainant is satisfied is asked in a return call (CP-43)."""

    code = "return_call_missing"


def check_called(method: Method, *, rule: Ruling[ClosedLoopRule]) -> None:
    """Raises ReturnCallMissing for an answer that was got in another way."""
    allowed: Collection[Method] = rule.value.return_calls
    if method not in allowed:
        raise ReturnCallMissing(
            "Ask for the answer in a return call.", because=rule.because, allowed=sorted(allowed)
        )
