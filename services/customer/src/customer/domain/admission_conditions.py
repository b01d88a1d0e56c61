"""On what conditions a customer is admitted, and what is lacking (AD-02 to AD-08)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.rules import Because, Ruling


class Verdict(StrEnum):
    """What an assessment of one condition says; only the first counts as met (AD-26)."""

    MET = "met"
    NOT_MET = "not_met"
    AMBIGUOUS = "ambiguous"


class Why(StrEnum):
    """Why a condition counts as not met."""

    NOT_ASSESSED = "not_assessed"
    NOT_MET = "not_met"
    AMBIGUOUS = "ambiguous"
    EVIDENCE_MISSING = "evidence_missing"


@dataclass(frozen=True)
class AdmissionCondition:
    """A condition of a pack. ``evidence`` are the kinds of documents that must hold; of one that is
    ``per_product`` each product line that the customer wants to trade is looked at (AD-06)."""

    condition: str
    title: str
    evidence: tuple[str, ...] = ()
    per_product: bool = False


@dataclass(frozen=True)
class Assessment:
    """What somebody found of one condition, and of one product line where it has them."""

    condition: str
    product: str
    verdict: Verdict
    assessed_by: UUID
    assessed_on: date

    @property
    def about(self) -> tuple[str, str]:
        """What it is about: of each there is one assessment, the latest."""
        return self.condition, self.product


@dataclass(frozen=True)
class Demand:
    """A condition that a customer has to meet, for one product line or (empty) for all. ``held``
    says of each kind of document that holds today until when it does (None: without an end)."""

    ruling: Ruling[AdmissionCondition]
    product: str
    held: Mapping[str, date | None]

    @property
    def about(self) -> tuple[str, str]:
        """Condition and product line."""
        return self.ruling.value.condition, self.product

    @property
    def lacking(self) -> tuple[str, ...]:
        """The kinds of documents that are asked for and do not hold."""
        return tuple(kind for kind in self.ruling.value.evidence if kind not in self.held)


@dataclass(frozen=True)
class Missing:
    """A condition that counts as not met, why, and the clause that asks for it."""

    condition: str
    product: str
    why: Why
    evidence: tuple[str, ...]
    because: Because


_WHY = {Verdict.NOT_MET: Why.NOT_MET, Verdict.AMBIGUOUS: Why.AMBIGUOUS}


def missing(demands: Iterable[Demand], assessments: Iterable[Assessment]) -> tuple[Missing, ...]:
    """What keeps a customer from being admitted; empty when every condition is met (AD-08).

    What nobody assessed, and what is not shown by documents, counts as not met (AD-26, CL-33).
    """
    verdicts = {one.about: one.verdict for one in assessments}
    return tuple(
        Missing(*demand.about, why, demand.lacking, demand.ruling.because)
        for demand in demands
        if (why := _why(demand, verdicts.get(demand.about))) is not None
    )


def lasts_until(demands: Iterable[Demand]) -> date | None:
    """The last local day on which every document that was asked for holds; None without an end."""
    ends = [
        end
        for demand in demands
        for kind in demand.ruling.value.evidence
        if (end := demand.held.get(kind)) is not None
    ]
    return min(ends, default=None)


def first_of_each(
    rulings: Sequence[Ruling[AdmissionCondition]],
) -> list[Ruling[AdmissionCondition]]:
    """Of each condition the first that holds, in the order of the pack."""
    found: dict[str, Ruling[AdmissionCondition]] = {}
    for ruling in rulings:
        found.setdefault(ruling.value.condition, ruling)
    return list(found.values())


def _why(demand: Demand, verdict: Verdict | None) -> Why | None:
    if verdict is None:
        return Why.NOT_ASSESSED
    if verdict in _WHY:
        return _WHY[verdict]
    return Why.EVIDENCE_MISSING if demand.lacking else None
