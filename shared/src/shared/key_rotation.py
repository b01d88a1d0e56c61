"""Encrypt the fields of a service anew under its current key, in batches, while it runs."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol
from uuid import UUID

import click
from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    RowMapping,
    Select,
    Table,
    Update,
    bindparam,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, sessionmaker

from shared.encrypted_columns import Field, encrypted_fields
from shared.encryption import Encryption
from shared.transaction import reading

BATCH = 500


class Parts(Protocol):
    """A running instance of a service, as far as the command looks at it."""

    @property
    def sessions(self) -> sessionmaker[Session]: ...
    @property
    def encryption(self) -> Encryption: ...


class Rotation:
    """The rotation of one table. A row that somebody else is changing is left for the next round:
    what he writes is encrypted under the current key anyway."""

    def __init__(self, table: Table, encryption: Encryption) -> None:
        self._table = table
        self._fields: Sequence[Field] = list(encrypted_fields(table))
        self._encryption = encryption

    def run(self, sessions: sessionmaker[Session], *, everything: bool = False) -> int:
        """Go through the table once; returns how many rows were encrypted anew.

        Rows of the current key are passed over, so one that was cut off goes on where it stood;
        with ``everything`` they are not, which also makes their blind indexes anew. Raises
        DecryptionFailed, KeysMissing.
        """
        done, after = 0, None
        while True:
            with sessions.begin() as session:
                rows = session.execute(self._batch(after, everything=everything)).mappings().all()
                if not rows:
                    return done
                session.connection().execute(self._update(), [self._anew(row) for row in rows])
            done, after = done + len(rows), rows[-1]["id"]

    def left(self, session: Session) -> int:
        """How many rows hold a ciphertext of another key."""
        count = select(func.count()).select_from(self._table).where(self._old())
        return session.scalars(count).one()

    def _batch(self, after: UUID | None, *, everything: bool) -> Select[Any]:
        columns = (self._table.c[field.column] for field in self._fields)
        query = select(self._table.c.id, *columns).order_by(self._table.c.id).limit(BATCH)
        if not everything:
            query = query.where(self._old())
        if after is not None:
            query = query.where(self._table.c.id > after)
        return query.with_for_update(skip_locked=not everything)

    def _old(self) -> ColumnElement[bool]:
        head = self._encryption.current
        columns = (self._table.c[field.column] for field in self._fields)
        other = literal(head, LargeBinary)
        return or_(*(func.substr(column, 1, len(head)) != other for column in columns))

    def _update(self) -> Update:
        names = [name for field in self._fields for name in (field.column, field.blind) if name]
        changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        return update(self._table).where(self._table.c.id == bindparam("row")).values(changed)

    def _anew(self, row: RowMapping) -> dict[str, Any]:
        fresh: dict[str, Any] = {"row": row["id"]}
        for field in self._fields:
            value, place = row[field.column], field.place(row["id"])
            text = None if value is None else self._encryption.decrypt(value, place)
            renewed = None if text is None else self._encryption.encrypt(text, place)
            fresh[f"new_{field.column}"] = renewed
            if field.blind:
                index = None if text is None else field.index_of(text, self._encryption)
                fresh[f"new_{field.blind}"] = index
        return fresh


def rotate_fields(tables: Sequence[Table], parts: Callable[[], Parts]) -> click.Command:
    """The command; ``parts`` is called when it runs."""

    @click.command("rotate-fields", help="Encrypt fields anew under the first of FIELD_KEYS.")
    @click.option("--all", "everything", is_flag=True, help="Even so for values of that key.")
    def command(everything: bool) -> None:
        of, left = parts(), 0
        for table in tables:
            rotation = Rotation(table, of.encryption)
            click.echo(f"{table.name}: {rotation.run(of.sessions, everything=everything)} rows")
            with reading(of.sessions) as session:
                left += rotation.left(session)
        if left:
            raise click.ClickException(f"{left} rows are in use or under another key; run it again")

    return command
