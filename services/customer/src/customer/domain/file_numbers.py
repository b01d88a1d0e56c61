"""The numbers of files, given by category of customer (CF-25)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DIGITS = 6


@dataclass(frozen=True)
class FileCategory:
    """The code that the marketing division gives to a category of customers."""

    category: str
    code: str

    def number(self, serial: int) -> str:
        """``YL-000017``: the code, and which file of that code it is."""
        return f"{self.code}-{serial:0{DIGITS}d}"


def faults(categories: Sequence[FileCategory]) -> Iterator[tuple[int, str]]:
    """Why the codes cannot work together, each with the position of the category."""
    owners: dict[str, str] = {}
    for position, one in enumerate(categories):
        if owners.setdefault(one.code, one.category) != one.category:
            yield position, f"{one.code} is the code of {owners[one.code]} already."
