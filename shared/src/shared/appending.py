"""Add many rows to a table at once; their positions keep the order of the rows."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import Connection, Table, insert

FEW = 20  # So many are inserted as fast as they are copied.


def append(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert ``rows``, all of the same columns, whose values are plain or JSON."""
    if len(rows) > FEW and connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    elif rows:
        connection.execute(_inserting(table), list(rows))


def _copy(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    driver: Any = connection.connection.driver_connection
    columns = tuple(rows[0])
    with driver.cursor() as cursor, cursor.copy(_copying(table.name, columns)) as copy:
        for row in rows:
            copy.write_row([_text(row[name]) for name in columns])


def _text(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value


@cache
def _inserting(table: Table) -> Any:
    # Statements are made once: to make one costs more than to run it.
    return insert(table)


@cache
def _copying(table: str, columns: tuple[str, ...]) -> Composed:
    named = SQL(", ").join(map(Identifier, columns))
    return SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), named)
