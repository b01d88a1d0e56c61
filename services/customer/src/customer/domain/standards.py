"""The standards of admission and elimination, who keeps them, and who fails the latter (AD-13,
AD-22)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from customer.domain.cadence import add_months
from shared.rules import Because, Ruling


class Standard(StrEnum):
    """What the company keeps in one place for all its departments."""

    ADMISSION = "admission"
    ELIMINATION = "elimination"
    COMPANY_BLACKLIST = "company_blacklist"


class Criterion(StrEnum):
    """For what a customer is eliminated."""

    LOW_SCORE = "low_score"
    NO_PURCHASE = "no_purchase"
    DOCUMENTS_LAPSED = "documents_lapsed"
    BLACKLISTED = "blacklisted"


@dataclass(frozen=True)
class Keeper:
    """The roles that keep a standard (AD-13)."""

    roles: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """A standard with those who keep it, and the clause that says so."""

    standard: Standard
    roles: tuple[str, ...]
    because: Because


@dataclass(frozen=True)
class EliminationRule:
    """One criterion of elimination: a total of the scorecard below ``score_below``; no purchase for
    ``months``; none that holds of the ``documents`` of one of these kinds; or a blacklist."""

    criterion: Criterion
    score_below: int | None = None
    months: int | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is known of a customer on the local day ``today``; what nobody told is None, and fails
    no criterion. ``lapsed`` are the kinds of documents that he had handed in and of which none
    holds any longer; ``blacklisted`` says that a list bars him, or that he is reported for one."""

    today: date
    score: Decimal | None = None
    last_purchase: date | None = None
    lapsed: frozenset[str] = frozenset()
    blacklisted: bool = False

    def fails(self, rule: EliminationRule) -> bool:
        """Whether the customer is to be eliminated for that criterion."""
        match rule.criterion:
            case Criterion.LOW_SCORE:
                return self.score is not None and self.score < (rule.score_below or 0)
            case Criterion.NO_PURCHASE:
                last = self.last_purchase
                return last is not None and add_months(last, rule.months or 0) < self.today
            case Criterion.DOCUMENTS_LAPSED:
                return bool(self.lapsed.intersection(rule.documents))
            case Criterion.BLACKLISTED:
                return self.blacklisted


def failed(
    rules: Iterable[Ruling[EliminationRule]], record: Record
) -> list[Ruling[EliminationRule]]:
    """The criteria that the customer fails (AD-22)."""
    return [one for one in rules if record.fails(one.value)]
