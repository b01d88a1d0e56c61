"""What a report for people consists of, whatever form it is given: a head, and tables.

A cell is a number, or text as it was found: each form makes it harmless in its own way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Cell: TypeAlias = str | int | float


@dataclass(frozen=True)
class Table:
    """A table, by its title where the paper has several; ``note`` says what it leaves out."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


@dataclass(frozen=True)
class Paper:
    """The whole report: its head, and its tables in the order in which they are read. ``nothing``
    stands for a table without rows; a ``wide`` paper is printed on its side."""

    language: str
    title: str
    head: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    nothing: str
    wide: bool = False
