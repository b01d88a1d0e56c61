"""What a customer's file asks for: fields that packs declare, their forms, and what is missing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from shared.rules import Invalid

LONGEST_TEXT = 2000
LONGEST_CELL = 300
MOST_TEXTS = 100
MOST_ROWS = 200
MOST_CELLS = 20
MASTER = frozenset({"name", "industry", "region", "annual_amount", "since", "owner_id"})


class FieldType(StrEnum):
    """What a field holds. ``texts`` is a list of texts, ``table`` a list of rows of texts.

    A ``master`` field stands in the customer's master data under the same name; ``contacts`` is
    filled while there is a contact who can be reached. Neither is kept in the file itself.
    """

    TEXT = "text"
    TEXTS = "texts"
    TABLE = "table"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"
    MASTER = "master"
    CONTACTS = "contacts"


ELSEWHERE = frozenset({FieldType.MASTER, FieldType.CONTACTS})


@dataclass(frozen=True)
class FileField:
    """One field of a file. ``group`` is the part of the file that it stands in, ``form`` the form
    of the regulation that asks for it, if it has a name.

    A file stays a draft until each ``required`` field is filled; a change of a ``major`` one has a
    deadline; ``personal`` ones are masked and never told.
    """

    field: str
    group: str
    type: FieldType
    required: bool = False
    major: bool = False
    personal: bool = False
    choices: tuple[str, ...] = ()
    form: str | None = None


@dataclass(frozen=True)
class Completeness:
    """How far a file is: the share of its fields that are filled, and what a draft still lacks."""

    percent: int
    missing: tuple[str, ...]


def completeness(fields: Collection[FileField], filled: Collection[str]) -> Completeness:
    """How far a file with those fields is (CF-04), in whole per cent, rounded down; one without
    fields is complete."""
    known = sum(1 for field in fields if field.field in filled)
    percent = known * 100 // len(fields) if fields else 100
    lacking = (field.field for field in fields if field.required and field.field not in filled)
    return Completeness(percent, tuple(lacking))


def checked(fields: Iterable[FileField], given: Mapping[str, Any]) -> dict[str, Any]:
    """The given values in their kept forms; None empties a field.

    Raises Invalid, which names the fields that the packs do not know or whose values are of
    another form, and does not repeat the values.
    """
    known = {field.field: field for field in fields}
    kept: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, value in given.items():
        try:
            kept[name] = _kept(known.get(name), value)
        except ValueError as fault:
            errors[name] = [str(fault)]
    if errors:
        raise Invalid("Some values do not fit the fields of the file.", errors=errors)
    return kept


def _kept(field: FileField | None, value: Any) -> Any:
    if field is None:
        raise ValueError("The packs of the unit know no such field.")
    if field.type in ELSEWHERE:
        raise ValueError("Is kept with the customer or his contacts, not in the file.")
    if value is None:
        return None
    if field.type is FieldType.CHOICE:
        return _choice(value, field.choices)
    return _FORMS[field.type](value)


def _choice(value: Any, choices: Collection[str]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"Not one of: {', '.join(choices)}.")
    return value


def _text(value: Any, limit: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > limit:
        raise ValueError(f"Not a text of 1 to {limit} characters.")
    return value


def _texts(value: Any) -> list[str]:
    return [_text(one) for one in _listed(value, MOST_TEXTS)]


def _table(value: Any) -> list[dict[str, str]]:
    return [_row(row) for row in _listed(value, MOST_ROWS)]


def _row(row: Any) -> dict[str, str]:
    if not isinstance(row, dict) or not 0 < len(row) <= MOST_CELLS:
        raise ValueError(f"Not a row of 1 to {MOST_CELLS} named texts.")
    return {_text(name, LONGEST_CELL): _text(cell, LONGEST_CELL) for name, cell in row.items()}


def _listed(value: Any, limit: int) -> list[Any]:
    if not isinstance(value, list) or not 0 < len(value) <= limit:
        raise ValueError(f"Not a list of 1 to {limit} entries.")
    return value


def _number(value: Any) -> str:
    try:
        number = Decimal(value) if isinstance(value, str | int) else None
    except InvalidOperation:
        number = None
    if number is None or isinstance(value, bool) or not number.is_finite():
        raise ValueError("Not a whole number, nor a decimal one written as text.")
    if abs(number.adjusted()) > 20:
        raise ValueError("Too large or too small.")
    return f"{number:f}"


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("Neither true nor false.")
    return value


def _date(value: Any) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise ValueError("Not a date.") from None


_FORMS: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.TEXT: _text,
    FieldType.TEXTS: _texts,
    FieldType.TABLE: _table,
    FieldType.NUMBER: _number,
    FieldType.YES_NO: _yes_no,
    FieldType.DATE: _date,
}
