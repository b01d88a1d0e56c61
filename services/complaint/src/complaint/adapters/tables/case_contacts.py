"""Whom to write to about a case; the name and the address stand encrypted."""

from sqlalchemy import Column, ForeignKey, String, Table, Uuid

from complaint.adapters.tables.schema import metadata
from shared.encrypted_columns import EncryptedColumn

case_contacts = Table(
    "case_contacts",
    metadata,
    Column("id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("name", EncryptedColumn(), nullable=False),
    Column("email", EncryptedColumn(), nullable=False),
    Column("language", String(35), nullable=False),
)
