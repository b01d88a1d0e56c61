"""What a breach costs and who says so: the sections ``penalties`` and ``penalty_roles`` of a pack
(ST-30..ST-32)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shared.rules import Invalid

CENT = Decimal("0.01")
MOST = Decimal(100_000)  # Far above every clause, so that a slip of the pen is seen.


class Per(StrEnum):
    """For what an amount is due: once, or for each of several items or pages (ST-30)."""

    OCCURRENCE = "occurrence"
    ITEM = "item"
    PAGE = "page"


@dataclass(frozen=True, kw_only=True)
class PenaltyRule:
    """One penalty, in CNY for each of what ``per`` says. Where ``lowest`` and ``highest`` differ a
    person decides within them, and says why (ST-32)."""

    code: str
    lowest: Decimal
    highest: Decimal
    per: Per = Per.OCCURRENCE


@dataclass(frozen=True, kw_only=True)
class PenaltyRoles:
    """Who proposes penalties by hand, who confirms or waives them, and who posts a month; nobody
    proposes where a breach is recorded in another way."""

    deciders: tuple[str, ...]
    posters: tuple[str, ...]
    proposers: tuple[str, ...] = ()


class AmountInvalid(Invalid):
    """Not an amount of CNY above 0 with at most two decimals, or not within the range (ST-32)."""

    code = "amount_invalid"


class QuantityInvalid(Invalid):
    """Only what is counted by item or by page can be more than one."""

    code = "quantity_invalid"


class ReasonMissing(Invalid):
    """Where the clause gives a range, the amount needs a reason (ST-32)."""

    code = "reason_missing"


def is_money(amount: Decimal) -> bool:
    """Whether it is an amount of CNY that can be paid: above 0, at most two decimals (ST-32)."""
    return amount.is_finite() and 0 < amount <= MOST and amount == amount.quantize(CENT)
