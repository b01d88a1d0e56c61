"""What a customer has to be for a grade (CL-10 to CL-12, CL-15, CL-16, CL-18, CL-33)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from shared.rules import Because, RuleBroken, Ruling


class CriteriaUnmet(RuleBroken):
    """The customer is not what the grade asks for; ``unmet`` in the answer names the clauses."""

    code = "criteria_unmet"


class HospitalLevel(StrEnum):
    """The levels of hospitals in China, from the lowest."""

    PRIMARY_C = "primary_c"
    PRIMARY_B = "primary_b"
    PRIMARY_A = "primary_a"
    SECONDARY_C = "secondary_c"
    SECONDARY_B = "secondary_b"
    SECONDARY_A = "secondary_a"
    TERTIARY_C = "tertiary_c"
    TERTIARY_B = "tertiary_b"
    TERTIARY_A = "tertiary_a"
    TERTIARY_SPECIAL = "tertiary_special"


LADDER = tuple(HospitalLevel)


class BreachKind(StrEnum):
    """How a customer broke what was agreed."""

    LATE_PAYMENT = "late_payment"
    UNCLAIMED_GOODS = "unclaimed_goods"
    BREACH = "breach"


@dataclass(frozen=True)
class Criterion:
    """One clause on a grade. Of ``level_from``, ``specialised_beds`` and ``annual_amount`` (10,000
    yuan) one is enough where any is named; all of ``declared`` must be declared, all ``materials``
    handed in, and where it is ``breach_free`` no breach may be on record."""

    scheme: str
    grade: str
    level_from: HospitalLevel | None = None
    specialised_beds: int | None = None
    annual_amount: Decimal | None = None
    declared: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    breach_free: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a customer when he is graded."""

    hospital_level: HospitalLevel | None = None
    beds: int | None = None
    specialised: bool = False
    declared: frozenset[str] = frozenset()
    materials: frozenset[str] = frozenset()
    annual_amount: Decimal | None = None
    breaches: int = 0


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A breach of what was agreed with ``unit``, on a local date."""

    id: UUID
    customer_id: UUID
    unit: str
    kind: BreachKind
    occurred_on: date


def check(criteria: Sequence[Ruling[Criterion]], facts: Facts) -> tuple[Because, ...]:
    """The clauses that were asked. Raises CriteriaUnmet, which names those that are not met."""
    asked = [(one.because, list(lacking(one.value, facts))) for one in criteria]
    unmet = [(because, missing) for because, missing in asked if missing]
    if unmet:
        raise CriteriaUnmet(
            "The customer does not meet what the grade asks for.",
            because=unmet[0][0],
            unmet=[{**because.to_data(), "missing": missing} for because, missing in unmet],
        )
    return tuple(one.because for one in criteria)


def lacking(criterion: Criterion, facts: Facts) -> Iterator[str]:
    """What of one clause is missing."""
    if not _large_enough(criterion, facts):
        yield "scale"
    yield from _absent(criterion.declared, facts.declared)
    yield from _absent(criterion.materials, facts.materials)
    if criterion.breach_free and facts.breaches:
        yield "breach_free"


def _large_enough(criterion: Criterion, facts: Facts) -> bool:
    tried = []
    if criterion.level_from is not None:
        tried.append(
            facts.hospital_level is not None
            and _at_least(facts.hospital_level, criterion.level_from)
        )
    if criterion.specialised_beds is not None:
        tried.append(facts.specialised and (facts.beds or 0) >= criterion.specialised_beds)
    if criterion.annual_amount is not None:
        tried.append((facts.annual_amount or Decimal(0)) >= criterion.annual_amount)
    return any(tried) or not tried


def _at_least(level: HospitalLevel | None, lowest: HospitalLevel) -> bool:
    return level is not None and LADDER.index(level) >= LADDER.index(lowest)


def _absent(wanted: Sequence[str], given: Collection[str]) -> Iterator[str]:
    return (one for one in wanted if one not in given)
