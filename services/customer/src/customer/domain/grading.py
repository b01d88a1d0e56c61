"""The size class of a customer by what he buys in a year (CL-01..CL-03, CL-07)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shared.rules import Ruling


class SizeClass(StrEnum):
    """How large a customer is."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"


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


def size_of(amount: Decimal | None, bands: Sequence[Ruling[SizeBand]]) -> Ruling[SizeClass] | None:
    """The class of ``amount``; None while nobody knows what the customer buys."""
    if amount is None:
        return None
    for band in bands:
        if band.value.holds(amount):
            return Ruling(band.value.size_class, band.because)
    return None


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
