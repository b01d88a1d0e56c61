"""A department's scorecard: indicators in points, weights, and the grade of each total (F-10).

The company bounds what a department may write into it (CL-19, CL-20, AD-32).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from customer.domain.grade_schemes import GradeScheme
from shared.rules import Because, Invalid, RuleBroken

WHOLE = 100  # the weights in per cent, and the best total
CENT = Decimal("0.01")


class ScorecardMissing(RuleBroken):
    """The department has no scorecard, which comes before the first grade (CL-20, CL-21)."""

    code = "scorecard_missing"


class ScorecardInvalid(Invalid):
    """A scorecard that cannot work, or that the company's rules do not allow."""

    code = "scorecard_invalid"


class ScoreInvalid(Invalid):
    """Points that the scorecard does not know."""

    code = "score_invalid"


@dataclass(frozen=True)
class ScorecardBounds:
    """What every scorecard of a scheme keeps: the ``indicators`` that it has, the weight in per
    cent of each at least, and the totals below which a grade is not given."""

    scheme: str
    indicators: tuple[str, ...]
    least_weight: int
    lowest_totals: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """Up to ``max_points`` are given; they count for ``weight`` per cent of the total."""

    code: str
    definition: str
    max_points: int
    weight: int


@dataclass(frozen=True, kw_only=True)
class Band:
    """From a total of ``at_least`` on, of 100, ``grade`` is given."""

    grade: str
    at_least: int


@dataclass(eq=False, kw_only=True)
class Scorecard:
    """The scorecard of a unit from a local date on, for one product or, if empty, for all.
    Never changed: a later one replaces it."""

    id: UUID
    unit: str
    scheme: str
    product: str
    effective_from: date
    indicators: tuple[Indicator, ...]
    bands: tuple[Band, ...]
    because: Because
    created_at: datetime
    created_by: str

    def total(self, points: Mapping[str, int]) -> Decimal:
        """The weighted total of 100, rounded down to a hundredth. Raises ScoreInvalid."""
        errors = dict(self._wrong(points))
        if errors:
            raise ScoreInvalid("The points are not those of the scorecard.", errors=errors)
        exact = sum(
            Fraction(points[one.code] * one.weight, one.max_points) for one in self.indicators
        )
        cents = Fraction(exact) * WHOLE
        return (Decimal(cents.numerator // cents.denominator) * CENT).quantize(CENT, ROUND_DOWN)

    def suggested(self, total: Decimal) -> str | None:
        """The grade of a total; None below all bands."""
        fits = [band for band in self.bands if total >= band.at_least]
        return max(fits, key=lambda band: band.at_least).grade if fits else None

    def _wrong(self, points: Mapping[str, int]) -> Iterator[tuple[str, list[str]]]:
        known = {one.code: one for one in self.indicators}
        for code in sorted(known.keys() ^ points.keys()):
            yield code, ["Is missing." if code in known else "No such indicator."]
        for code in sorted(known.keys() & points.keys()):
            if not 0 <= points[code] <= known[code].max_points:
                yield code, [f"From 0 to {known[code].max_points}."]


def check(card: Scorecard, scheme: GradeScheme, bounds: ScorecardBounds | None) -> None:
    """Raise ScorecardInvalid where the scorecard cannot work or leaves the bounds."""
    errors: dict[str, Any] = {}
    for place, said in (*_faults(card, scheme), *_out_of_bounds(card, bounds)):
        errors.setdefault(place, []).append(said)
    if errors:
        raise ScorecardInvalid("The scorecard cannot be so.", errors=errors)


def _faults(card: Scorecard, scheme: GradeScheme) -> Iterator[tuple[str, str]]:
    if sum(one.weight for one in card.indicators) != WHOLE:
        yield "indicators", "The weights do not total 100."
    if len({one.code for one in card.indicators}) < len(card.indicators):
        yield "indicators", "An indicator stands here twice."
    grades = [band.grade for band in card.bands]
    if sorted(grades) != sorted(value.code for value in scheme.values):
        yield "bands", "Each grade of the scheme has one band, and no other has."
        return
    totals = [band.at_least for band in sorted(card.bands, key=lambda b: scheme.rank(b.grade) or 0)]
    if totals != sorted(set(totals), reverse=True):
        yield "bands", "A better grade asks for a higher total."


def _out_of_bounds(card: Scorecard, bounds: ScorecardBounds | None) -> Iterator[tuple[str, str]]:
    if bounds is None:
        return
    for code in bounds.indicators:
        if code not in {one.code for one in card.indicators}:
            yield "indicators", f"The company asks for the indicator {code}."
    if any(one.weight < bounds.least_weight for one in card.indicators):
        yield "indicators", f"No weight is below {bounds.least_weight}."
    for band in card.bands:
        if band.at_least < bounds.lowest_totals.get(band.grade, 0):
            yield "bands", f"{band.grade} is not given below {bounds.lowest_totals[band.grade]}."
