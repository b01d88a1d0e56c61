"""The way back from a blacklist (AD-18): what changed, what a review found, and who agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from customer.domain.blacklist_rules import (
    ApprovalRepeated,
    ConditionsUnmet,
    NoAuthority,
    Return,
    SamePerson,
)
from shared.rules import Invalid, Ruling


class Side(StrEnum):
    """On whose behalf a leader approves a return."""

    COMPANY = "company"
    DEPARTMENT = "department"


class VerdictsIncomplete(Invalid):
    """A review says of each condition, once, whether it is met; silence is never a yes."""

    code = "return_verdicts_incomplete"


@dataclass(frozen=True)
class Verdict:
    """What a review found about one condition of admission."""

    condition: str
    met: bool
    remark: str | None = None


@dataclass(eq=False, kw_only=True)
class BlacklistReturn:
    """One attempt to come back. ``change`` says what changed so much in the customer's situation.
    It has ended when it ``ended_at``, granted or not."""

    id: UUID
    entry_id: UUID
    customer_id: UUID
    change: str
    opened_by: str
    opened_at: datetime
    verdicts: tuple[Verdict, ...] | None = None
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None
    company_by: str | None = None
    company_at: datetime | None = None
    department_by: str | None = None
    department_at: datetime | None = None
    refused_reason: str | None = None
    ended_at: datetime | None = None
    version: int = 1

    @property
    def approved(self) -> bool:
        """Whether both sides agreed."""
        return self.company_by is not None and self.department_by is not None

    def review(
        self, verdicts: Sequence[Verdict], *, by: str, rule: Ruling[Return], now: datetime
    ) -> None:
        """Keep what was found about each condition; approvals of an earlier review are void.

        Raises VerdictsIncomplete.
        """
        if sorted(one.condition for one in verdicts) != sorted(rule.value.conditions):
            wanted = ", ".join(rule.value.conditions)
            raise VerdictsIncomplete(
                "Say of each condition whether it is met.",
                because=rule.because,
                errors={"verdicts": [f"Of {wanted}, each once."]},
            )
        self.verdicts = tuple(verdicts)
        self.reviewed_by, self.reviewed_at = by, now
        self.company_by = self.company_at = self.department_by = self.department_at = None

    def approve(self, role: str, *, by: str, rule: Ruling[Return], now: datetime) -> Side:
        """A leader agrees in ``role``; the side on whose behalf he does.

        Raises NoAuthority, ConditionsUnmet, ApprovalRepeated, SamePerson.
        """
        side = _side(role, rule)
        unmet = [one.condition for one in self.verdicts or () if not one.met]
        if self.verdicts is None or unmet:
            raise ConditionsUnmet(
                "The review has to find every condition met.", because=rule.because, unmet=unmet
            )
        if getattr(self, f"{side}_by") is not None:
            raise ApprovalRepeated("That side has approved.", because=rule.because)
        if by in (self.company_by, self.department_by):
            raise SamePerson("The other side is another person.", because=rule.because)
        if side is Side.COMPANY:
            self.company_by, self.company_at = by, now
        else:
            self.department_by, self.department_at = by, now
        return side


def _side(role: str, rule: Ruling[Return]) -> Side:
    if role in rule.value.company_leaders:
        return Side.COMPANY
    if role in rule.value.department_leaders:
        return Side.DEPARTMENT
    raise NoAuthority(
        "Leaders of the company and of the department approve a return.",
        because=rule.because,
        roles=[*rule.value.company_leaders, *rule.value.department_leaders],
    )
