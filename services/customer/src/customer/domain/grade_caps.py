"""How many customers may hold a grade (CL-13, CL-14, CL-17, K-13)."""

from dataclasses import dataclass
from enum import StrEnum

from shared.rules import RuleBroken

WHOLE = 100  # per cent


class CapScope(StrEnum):
    """Of whom the share is counted: of a department, or of those who are graded for a product."""

    DEPARTMENT = "department"
    PRODUCT = "product"


class CapReached(RuleBroken):
    """No more customers of the department may hold that grade."""

    code = "cap_reached"


class CapReasonMissing(RuleBroken):
    """The share of a product is exceeded, which takes a reason."""

    code = "cap_reason_missing"


@dataclass(frozen=True)
class GradeCap:
    """``grade`` is for at most ``percent`` of the customers, rounded down, but for
    ``min_allowed`` in any case. Beyond a cap that is not ``hard`` a reason is given."""

    scheme: str
    grade: str
    scope: CapScope
    percent: int
    hard: bool = True
    min_allowed: int = 0

    def places(self, customers: int) -> int:
        """How many of ``customers`` may hold the grade."""
        return max(self.percent * customers // WHOLE, self.min_allowed)
