"""Whom his grades prefer."""

from sqlalchemy import Column, Integer, String, Table, Uuid

from complaint.adapters.tables.schema import metadata

# A smaller priority comes first; none where a grade prefers nobody.
priorities = Table(
    "priorities",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("scheme", String(40), primary_key=True),
    Column("product", String(60), primary_key=True),
    Column("priority", Integer),
    Column("sequence", Integer, nullable=False),
)
