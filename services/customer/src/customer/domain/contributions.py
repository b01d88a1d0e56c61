"""What a customer contributes to the business of one department (CL-41)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shared.rules import Invalid, RuleBroken


class ContributionOutdated(RuleBroken):
    """A later figure is known already (CL-41)."""

    code = "contribution_outdated"


@dataclass(frozen=True)
class Contribution:
    """What he contributed in the year up to ``as_of``, a local date of the department, in 10,000
    yuan."""

    amount: Decimal
    as_of: date

    def check(self, *, last: date | None, today: date) -> None:
        """Raise Invalid for a day to come, and ContributionOutdated for one before ``last``."""
        if self.as_of > today:
            errors = {"as_of": ["Lies in the future."]}
            raise Invalid("A contribution is told when it was made.", errors=errors)
        if last is not None and self.as_of < last:
            raise ContributionOutdated("A later figure is known.", as_of=last.isoformat())
