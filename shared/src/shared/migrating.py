"""What every service's ``migrations/env.py`` does, so that a migration needs no code of ours."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from alembic import context, op
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Table,
    TypeDecorator,
    Uuid,
    bindparam,
    select,
    update,
)
from sqlalchemy.types import TypeEngine

from shared.encryption import Encryption, Place
from shared.tables import KEPT_BY_DATABASE, plumbing

BATCH = 500
JSON_TYPE = 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'


def run(*tables: MetaData) -> None:
    """Run migrations on the connection that ``shared.database`` opened, for ``tables`` and the
    plumbing. What a MetaData names as kept by the database is not compared."""
    kept = {name for metadata in tables for name in metadata.info.get(KEPT_BY_DATABASE, ())}
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=[*tables, plumbing],
        include_name=lambda name, _kind, _parents: name not in kept,
        render_as_batch=True,
        render_item=_render,
    )
    with context.begin_transaction():
        context.run_migrations()


def encrypt_column(
    table: str, column: str, kind: TypeEngine[Any], *, write: Callable[[Any], str] = str
) -> None:
    """Encrypt what stands in a column, which had the type ``kind``, and fill its blind index if the
    table has the column for it. Rows are locked until the migration ends.

    Raises KeysMissing where there is something to encrypt and no key.
    """
    fresh, connection = f"{column}_encrypted", op.get_bind()
    op.add_column(table, Column(fresh, LargeBinary))
    rows = Table(table, MetaData(), autoload_with=connection)
    rows.c.id.type, rows.c[column].type = Uuid(), kind
    filled = {"value": fresh} | ({"index": index} if (index := f"{column}_index") in rows.c else {})
    encryption: Encryption = context.config.attributes["encryption"]
    changed: dict[str, Any] = {name: bindparam(key) for key, name in filled.items()}
    statement = update(rows).where(rows.c.id == bindparam("row")).values(changed)
    for batch in _batches(connection, rows, column):
        given: list[dict[str, Any]] = []
        for row_id, value in batch:
            text, place = write(value), Place(table, column, row_id)
            given.append({"row": row_id, "value": encryption.encrypt(text, place)})
            if "index" in filled:
                given[-1]["index"] = encryption.index(text, table, column)
        connection.execute(statement, given)
    op.drop_column(table, column)
    op.alter_column(table, fresh, new_column_name=column)


def _batches(connection: Connection, rows: Table, column: str) -> Iterator[Sequence[Any]]:
    """What stands in a column, with the ids of the rows."""
    query = select(rows.c.id, rows.c[column]).where(rows.c[column].is_not(None))
    query = query.order_by(rows.c.id).limit(BATCH)
    found = connection.execute(query).all()
    while found:
        yield found
        found = connection.execute(query.where(rows.c.id > found[-1].id)).all()


def _render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our column types as those of SQLAlchemy."""
    if kind != "type":
        return False
    plain = item.impl_instance if isinstance(item, TypeDecorator) else item
    if isinstance(plain, JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return JSON_TYPE
    return f"sa.{plain!r}" if isinstance(item, TypeDecorator) else False
