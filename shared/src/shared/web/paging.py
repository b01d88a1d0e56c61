"""Pages by cursor: stable while rows come and go, and as quick at the end as at the beginning."""

import binascii
import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from flask import request
from marshmallow import Schema, fields, validate
from sqlalchemy import ColumnElement, Select, TypeDecorator, literal, tuple_
from sqlalchemy.orm import Session

from shared.envelope import plain
from shared.web.problems import Problem

DEFAULT_LIMIT = 50
LIMIT = 100
CURSOR_LENGTH = 1000


class PageArgs(Schema):
    """How much of a list to show, and from where on."""

    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(min=1, max=LIMIT))
    cursor = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=CURSOR_LENGTH)
    )


def page(
    query: Select[Any],
    *,
    key: Sequence[Any],
    args: Mapping[str, Any],
    session: Session,
    descending: bool = False,
) -> dict[str, Any]:
    """One page of ``query`` in the order of ``key``, as ``page_schema`` shows it.

    ``key`` are columns that are never null and whose last is unique; a caller's wish for an order
    is mapped to such columns by an enum, never taken as text. ``query`` selects one entity, or
    columns that the schema finds by name; it carries the scope, for a cursor grants nothing. Raises
    Problem 400 ``cursor_invalid`` for a cursor of another list or order.
    """
    mark = _fingerprint(key, descending=descending)
    width = len(query.column_descriptions)
    if args["cursor"]:
        query = query.where(_behind(key, read_cursor(args["cursor"], mark), descending=descending))
    ordered = query.add_columns(*(column.label(f"key_{n}") for n, column in enumerate(key)))
    ordered = ordered.order_by(*(column.desc() if descending else column for column in key))
    rows = session.execute(ordered.limit(args["limit"] + 1)).all()
    shown = rows[: args["limit"]]
    more = len(rows) > len(shown)
    return {
        "items": [row[0] if width == 1 else row for row in shown],
        "next_cursor": make_cursor(shown[-1][width:], mark) if more else None,
    }


def page_begin(key: Sequence[Any], args: Mapping[str, Any]) -> list[Any] | None:
    """The values of ``key`` behind which ``page`` begins; None for a first page.

    For a query that reads the same column in a second table: told on both sides where to begin, a
    database passes over the rows before a page in neither. Raises Problem 400 as ``page`` does.
    """
    if not args["cursor"]:
        return None
    values = read_cursor(args["cursor"], _fingerprint(key, descending=False))
    if len(values) != len(key):
        raise _invalid()
    return [_bound(*pair) for pair in zip(key, values, strict=True)]


def make_cursor(values: Sequence[Any], mark: str) -> str:
    """Where a page ended, as text that means something to this list alone."""
    told = json.dumps([mark, *(plain(value) for value in values)], separators=(",", ":"))
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read_cursor(cursor: str, mark: str) -> list[Any]:
    """The values of a cursor. Raises Problem 400 ``cursor_invalid`` when it was made elsewhere."""
    try:
        told = json.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise _invalid() from None
    if not isinstance(told, list) or not told or told[0] != mark:
        raise _invalid()
    return told[1:]


def _fingerprint(key: Sequence[Any], *, descending: bool) -> str:
    order = f"{request.url_rule} {[str(column) for column in key]} {descending}"
    return hashlib.sha256(order.encode()).hexdigest()[:12]


def _behind(key: Sequence[Any], values: list[Any], *, descending: bool) -> ColumnElement[bool]:
    if len(values) != len(key):
        raise _invalid()
    here = tuple_(*key)
    there = tuple_(*(_bound(*pair) for pair in zip(key, values, strict=True)))
    return here < there if descending else here > there


def _bound(column: Any, value: Any) -> ColumnElement[Any]:
    try:
        return literal(_typed(_kind(column.type), value), type_=column.type)
    except (ValueError, TypeError, AttributeError):
        raise _invalid() from None


def _kind(type_: Any) -> type:
    stored: Any = type_.impl if isinstance(type_, TypeDecorator) else type_
    kind: type = stored.python_type
    return kind


def _typed(kind: type, value: Any) -> Any:
    if issubclass(kind, datetime):
        return _aware(datetime.fromisoformat(value))
    if issubclass(kind, date):
        return date.fromisoformat(value)
    if issubclass(kind, UUID | Enum):
        return kind(value)
    if type(value) is not kind or (isinstance(value, str) and "\0" in value):
        raise ValueError("the cursor holds a value of another type")
    return value


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("the cursor holds a time without a zone")
    return value


def _invalid() -> Problem:
    return Problem(400, "cursor_invalid", "The cursor is not one of this list; begin without it.")
