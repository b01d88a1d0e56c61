"""A table with encrypted columns, and a class that is mapped to it."""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Column, MetaData, String, Table, Uuid
from sqlalchemy.orm import registry

from shared.encrypted_columns import EncryptedColumn, blind_index, encrypt_columns
from shared.tables import NAMING

metadata = MetaData(naming_convention=NAMING)

notes = Table(
    "notes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("title", String(40)),
    Column("phone", EncryptedColumn()),
    blind_index("phone"),
    Column("words", EncryptedColumn(json.loads, write=json.dumps)),
)


@dataclass(eq=False, kw_only=True)
class Note:
    """Of which a number and some words are secret."""

    id: UUID
    title: str | None = None
    phone: str | None = None
    words: list[str] | None = None


registry(metadata=metadata).map_imperatively(Note, notes)
encrypt_columns(Note, notes)
