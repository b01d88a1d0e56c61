"""Add rows to several tables at once: on PostgreSQL with one statement, whatever their number.

Each table's rows travel as one JSON text, which the database takes apart: to bind and send every
value of every row costs a command more processor time than its business does.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

Row: TypeAlias = dict[str, Any]
AT_ONCE = 500  # Rows of a table a statement.
POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]


class Into(NamedTuple):
    """A table to which rows are added. A row whose ``key`` is there already replaces that one;
    without a key it raises IntegrityError."""

    table: Table
    key: tuple[str, ...] = ()


def add(connection: Connection, wanted: Mapping[Into, Sequence[Row]]) -> None:
    """Add all rows of all tables, those of a table in their order; rows of one table have the same
    columns. Raises IntegrityError."""
    for first in range(0, max(map(len, wanted.values()), default=0), AT_ONCE):
        shares = {into: rows[first : first + AT_ONCE] for into, rows in wanted.items()}
        given = {into: rows for into, rows in shares.items() if rows}
        if connection.dialect.name == "postgresql":
            _add_at_once(connection, given)
        else:
            for into, rows in given.items():
                connection.execute(_one_by_one(into, tuple(rows[0])), list(rows))


def _add_at_once(connection: Connection, given: Mapping[Into, Sequence[Row]]) -> None:
    statement = _at_once(tuple((into, tuple(rows[0])) for into, rows in given.items()))
    texts = {f"rows_{place}": _text(rows) for place, rows in enumerate(given.values())}
    connection.exec_driver_sql(statement, texts)


def _text(rows: Sequence[Row]) -> str:
    return json.dumps(rows, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> str:
    match value:
        case UUID():
            return str(value)
        case datetime() if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        case date():
            return value.isoformat()
    raise TypeError(f"no form in the database for {type(value).__name__}")


@cache
def _at_once(parts: tuple[tuple[Into, tuple[str, ...]], ...]) -> str:
    inserts = [_from_json(f"rows_{place}", *part) for place, part in enumerate(parts)]
    before = ", ".join(f"part_{place} AS ({one})" for place, one in enumerate(inserts[:-1]))
    return f"WITH {before} {inserts[-1]}" if before else inserts[-1]


def _from_json(name: str, into: Into, columns: tuple[str, ...]) -> str:
    of = into.table.c
    typed = ", ".join(f"{one} {of[one].type.compile(dialect=POSTGRESQL)}" for one in columns)
    named = ", ".join(columns)
    # The order of the rows is that of the positions that they are given. Nothing but names and
    # types of our own tables stands in the text.
    return (
        f"INSERT INTO {into.table.name} ({named}) SELECT {named}"  # noqa: S608
        f" FROM ROWS FROM (json_to_recordset(%({name})s) AS ({typed}))"
        f" WITH ORDINALITY AS given ({named}, place) ORDER BY place{_replacing(into, columns)}"
    )


def _replacing(into: Into, columns: tuple[str, ...]) -> str:
    if not into.key:
        return ""
    others = ", ".join(f"{one} = excluded.{one}" for one in columns if one not in into.key)
    return f" ON CONFLICT ({', '.join(into.key)}) DO UPDATE SET {others}"


@cache
def _one_by_one(into: Into, columns: tuple[str, ...]) -> Any:
    if not into.key:
        return insert(into.table).inline()
    statement = sqlite.insert(into.table)
    others = {one: statement.excluded[one] for one in columns if one not in into.key}
    return statement.on_conflict_do_update(index_elements=into.key, set_=others)
