"""The tables of what a customer's file holds beyond his master data, and of how it changed."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Uuid

from customer.adapters.tables.schema import metadata
from customer.domain.file_states import FileState
from shared.tables import Json, UtcDateTime, by_value

# How far a file is; a customer whose file nobody has opened has no row.
files = Table(
    "files",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", String(80), nullable=False),
    Column("category", String(40), nullable=False),
    Column("serial", Integer, nullable=False),
    Column("number", String(60), unique=True),
    Column("state", by_value(FileState), nullable=False),
    Column("completed_at", UtcDateTime),
    Column("reviewed_at", UtcDateTime),
    Column("review_due_at", UtcDateTime),
    Column("checked_at", UtcDateTime),
    Column("checked_by", String(80)),
    Column("voided_at", UtcDateTime),
    Column("snapshot_due_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_files_category_serial_customer_id", "category", "serial", "customer_id"),
)

# A row a field that is filled.
file_values = Table(
    "file_values",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("field", String(60), primary_key=True),
    Column("value", Json, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", String(120), nullable=False),
    Column("version", Integer, nullable=False),
)

# Who changed which field when and why, of master data and of the file. What a personal field held
# is not kept here. Rows are only added.
file_changes = Table(
    "file_changes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("field", String(60), nullable=False),
    Column("personal", Boolean, nullable=False),
    Column("old", Json),
    Column("new", Json),
    Column("reason", String(300)),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String(80), nullable=False),
    Index("ix_file_changes_customer_id_at_id", "customer_id", "at", "id"),
)
