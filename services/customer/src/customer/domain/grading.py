"""The classes that follow from what is known of a customer (CL-01 to CL-07, CL-36).

The schemes are independent of each other and hold at the same time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from customer.domain.cadence import add_months
from shared.rules import Ruling

MONTHS_A_YEAR = 12


class SizeClass(StrEnum):
    """How large a customer is."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"


class TenureClass(StrEnum):
    """How long the cooperation has lasted."""

    LONG = "long"
    MID = "mid"
    SHORT = "short"


@dataclass(frozen=True)
class SizeBand:
    """The amounts, in 10,000 yuan a year, of one class: from ``at_least`` on, ending before
    ``below``. The first amount of a band belongs to it, so no amount has two classes."""

    size_class: SizeClass
    at_least: Decimal
    below: Decimal | None

    def holds(self, amount: Decimal) -> bool:
        """Whether ``amount`` lies in the band."""
        return self.at_least <= amount and (self.below is None or amount < self.below)


@dataclass(frozen=True)
class IndustryClass:
    """The industries of one class; the class that names none takes all that are left (CL-04)."""

    grade: str
    industries: frozenset[str]


@dataclass(frozen=True)
class TenureBand:
    """One class of tenure, by whole years counted by the calendar: ``long`` takes more than
    ``over_years``, ``short`` less than ``below_years``, ``mid`` what is left (CL-05, CL-06)."""

    grade: TenureClass
    over_years: int | None = None
    below_years: int | None = None


@dataclass(frozen=True)
class Purchases:
    """What a customer bought in the year that ends with his last purchase: ``amount`` in 10,000
    yuan, ``frequency`` in orders."""

    amount: Decimal
    frequency: int
    last_on: date


@dataclass(frozen=True)
class ValueBand:
    """What it takes to be of one class of value: all three at once. ``within_days`` counts from the
    last purchase; the class that asks for nothing takes who is left (CL-36)."""

    grade: str
    at_least: Decimal = Decimal(0)
    orders: int = 0
    within_days: int | None = None

    def holds(self, bought: Purchases, today: date) -> bool:
        """Whether somebody who bought so is of this class today."""
        recent = self.within_days is None or (today - bought.last_on).days <= self.within_days
        return recent and bought.amount >= self.at_least and bought.frequency >= self.orders


def size_of(amount: Decimal | None, bands: Sequence[Ruling[SizeBand]]) -> Ruling[str] | None:
    """The class of ``amount``; None while nobody knows what the customer buys."""
    if amount is None:
        return None
    for band in bands:
        if band.value.holds(amount):
            return Ruling(band.value.size_class.value, band.because)
    return None


def industry_of(
    industry: str | None, classes: Sequence[Ruling[IndustryClass]]
) -> Ruling[str] | None:
    """The class of an industry, whatever its letters' case; None while it is not known."""
    if industry is None:
        return None
    named = industry.strip().casefold()
    for one in sorted(classes, key=lambda one: not one.value.industries):
        if named in one.value.industries or not one.value.industries:
            return Ruling(one.value.grade, one.because)
    return None


def tenure_of(
    since: date | None, bands: Sequence[Ruling[TenureBand]], today: date
) -> Ruling[str] | None:
    """The class of a cooperation that began on ``since``; None while that is not known."""
    if since is None:
        return None
    for band in bands:
        over, below = band.value.over_years, band.value.below_years
        more = over is None or today > _anniversary(since, over)
        less = below is None or today < _anniversary(since, below)
        if more and less and (over is not None or below is not None):
            return Ruling(band.value.grade.value, band.because)
    rest = (band for band in bands if band.value.grade is TenureClass.MID)
    return next((Ruling(band.value.grade.value, band.because) for band in rest), None)


def value_of(
    bought: Purchases | None, bands: Sequence[Ruling[ValueBand]], today: date
) -> Ruling[str] | None:
    """The class of what was bought; None while nobody has told."""
    if bought is None:
        return None
    for band in bands:
        if band.value.holds(bought, today):
            return Ruling(band.value.grade, band.because)
    return None


def next_change(
    *,
    today: date,
    since: date | None,
    tenure: Iterable[TenureBand],
    bought: Purchases | None,
    values: Iterable[ValueBand],
) -> date | None:
    """The next local date on which time alone may change a class; None when it never will."""
    days: list[date] = []
    if since is not None:
        for band in tenure:
            if band.over_years is not None:
                days.append(_anniversary(since, band.over_years) + timedelta(days=1))
            if band.below_years is not None:
                days.append(_anniversary(since, band.below_years))
    if bought is not None:
        spans = [band.within_days for band in values if band.within_days is not None]
        days += [bought.last_on + timedelta(days=span + 1) for span in spans]
    return min((day for day in days if day > today), default=None)


def _anniversary(since: date, years: int) -> date:
    """The last day there is stands for one beyond it, so that any date can be asked about."""
    if since.year + years >= date.max.year:
        return date.max - timedelta(days=1)
    return add_months(since, years * MONTHS_A_YEAR)


def faults(bands: Sequence[SizeBand]) -> Iterator[tuple[int | None, str]]:
    """Why the bands cannot work together, each with the position of the band, None for all."""
    seen: set[SizeClass] = set()
    for position, band in enumerate(bands):
        if band.size_class in seen:
            yield position, f"{band.size_class} stands here twice."
        seen.add(band.size_class)
        if band.below is not None and band.below <= band.at_least:
            yield position, "The band ends before it begins."
    ordered = sorted(bands, key=lambda band: band.at_least)
    ends = [Decimal(0), *(band.below for band in ordered)]
    begins = [*(band.at_least for band in ordered), None]
    if begins != ends:
        yield None, "The bands leave a gap between them or overlap."
