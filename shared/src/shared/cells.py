"""The cells of an imported file: text in, values out, and what is wrong with them.

A fault tells its code and a reason that does not repeat the cell, which may be personal. Pure: the
standard library only.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Problem:
    """Why a row was refused. ``row`` counts the records of the file; its header is row 1."""

    row: int
    column: str
    code: str
    reason: str


@dataclass
class CellFault(Exception):
    """A cell that cannot be read."""

    code: str
    reason: str


def text(limit: int) -> Callable[[str], str | None]:
    """Text of at most ``limit`` characters on one line; an empty cell is None."""

    def read(cell: str) -> str | None:
        if len(cell) > limit:
            raise CellFault("too_long", f"Longer than {limit} characters.")
        if not cell.isprintable():
            raise CellFault("character_refused", "Holds a character that is no text.")
        return cell or None

    return read


def required(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """As ``read``, but the cell may not be empty."""

    def demand(cell: str) -> Any:
        if not cell:
            raise CellFault("missing", "May not be empty.")
        return read(cell)

    return demand


def pattern(form: re.Pattern[str], code: str, reason: str) -> Callable[[str], str | None]:
    """Text of that form; an empty cell is None."""

    def read(cell: str) -> str | None:
        if cell and not form.fullmatch(cell):
            raise CellFault(code, reason)
        return cell or None

    return read


def one_of(kind: type[E], code: str) -> Callable[[str], E | None]:
    """A member of an enum by its value; an empty cell is None."""

    def read(cell: str) -> E | None:
        try:
            return kind(cell) if cell else None
        except ValueError:
            raise CellFault(code, f"Not one of {', '.join(kind)}.") from None

    return read


def identity(cell: str) -> UUID | None:
    """The id of a person; an empty cell is None."""
    try:
        return UUID(cell) if cell else None
    except ValueError:
        raise CellFault("id_invalid", "Not an id.") from None
