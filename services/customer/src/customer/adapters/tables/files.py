"""The table of what a customer's file holds beyond his master data, a row a field."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Uuid

from customer.adapters.tables.schema import metadata
from shared.tables import Json, UtcDateTime

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
