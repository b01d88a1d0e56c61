"""Columns that stand encrypted: the domain sees the value, the database its ciphertext.

The place that a ciphertext is bound to is known once the row has its id, so values are encrypted as
a row is written and decrypted as it is read; a column takes nothing that is not encrypted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Dialect, LargeBinary, Table, TypeDecorator, event, inspect
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import set_committed_value

from shared.encryption import INDEX_BYTES, Encrypted, Encryption, KeysMissing, Place

HELD = "encryption"  # in Session.info
INDEX_OF = "index_of"  # in Column.info


class EncryptedColumn(TypeDecorator[Any]):
    """Ciphertexts. ``write`` makes a text of a value of the domain, ``read`` the value of it."""

    impl = LargeBinary
    cache_ok = True

    def __init__(
        self, read: Callable[[str], Any] = str, *, write: Callable[[Any], str] = str
    ) -> None:
        super().__init__()
        self.read = read
        self.write = write

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        if value is not None and not isinstance(value, Encrypted):
            raise TypeError("what is not encrypted cannot be stored here")
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> Encrypted | None:  # noqa: ARG002
        return None if value is None else Encrypted(value)


def blind_index(of: str) -> Column[bytes]:
    """A column by which rows are found whose encrypted column ``of`` has a given value."""
    return Column(f"{of}_index", LargeBinary(INDEX_BYTES), index=True, info={INDEX_OF: of})


@dataclass(frozen=True)
class Field:
    """An encrypted column of a table, and the name of its blind index."""

    table: str
    column: str
    type: EncryptedColumn
    blind: str | None

    def place(self, row: object) -> Place:
        return Place(self.table, self.column, row)

    def index_of(self, text: str, encryption: Encryption) -> bytes:
        return encryption.index(text, self.table, self.column)


def encrypted_fields(table: Table) -> Iterator[Field]:
    """Every encrypted column of a table."""
    indexes = {column.info.get(INDEX_OF): column.name for column in table.columns}
    for column in table.columns:
        if isinstance(column.type, EncryptedColumn):
            yield Field(table.name, column.name, column.type, indexes.get(column.name))


def encryption_of(session: Session | None) -> Encryption:
    """The keys of the service whose session it is. Raises KeysMissing."""
    found = session.info.get(HELD) if session is not None else None
    if not isinstance(found, Encryption):
        raise KeysMissing("The session was made without keys.")
    return found


def encrypt_columns(kind: type, table: Table) -> None:
    """Encrypt the columns of a mapped class as its rows are written, decrypt them as they are read.

    Attributes are named like columns, and the key is ``id``. Reading raises DecryptionFailed where
    a ciphertext was altered or moved.
    """
    rows = _Rows(tuple(encrypted_fields(table)))
    for act in ("insert", "update"):
        event.listen(kind, f"before_{act}", rows.hide)
        event.listen(kind, f"after_{act}", rows.show)
    for act in ("load", "refresh"):
        # First of all: composites are made of what was decrypted.
        event.listen(kind, act, rows.read, insert=True)


class _Rows:
    """What happens to an object as its row is written and read."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._fields = fields

    def hide(self, _mapper: Any, _connection: Any, target: Any) -> None:
        """Put ciphertexts in the place of the values that changed."""
        encryption, state = encryption_of(object_session(target)), inspect(target)
        shown = state.info[HELD] = {}  # Nothing of a time before that failed.
        for field in self._fields:
            value = state.dict.get(field.column)
            if isinstance(value, Encrypted) or not state.attrs[field.column].history.has_changes():
                continue
            index = None
            if value is not None:
                text, shown[field.column] = field.type.write(value), value
                setattr(target, field.column, encryption.encrypt(text, field.place(target.id)))
                index = field.index_of(text, encryption) if field.blind else None
            if field.blind:
                setattr(target, field.blind, index)

    def show(self, _mapper: Any, _connection: Any, target: Any) -> None:
        """Let the object have its values again once their ciphertexts are written."""
        for name, value in inspect(target).info.pop(HELD, {}).items():
            set_committed_value(target, name, value)

    def read(self, target: Any, context: Any, _attributes: Any = None) -> None:
        """Put values in the place of the ciphertexts that were read."""
        stored = inspect(target).dict
        for field in self._fields:
            value = stored.get(field.column)
            if isinstance(value, Encrypted):
                text = encryption_of(context.session).decrypt(value, field.place(target.id))
                set_committed_value(target, field.column, field.type.read(text))
