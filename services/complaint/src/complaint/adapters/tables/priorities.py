"""Who comes first."""

from sqlalchemy import Column, Integer, String, Table, Uuid

from complaint.adapters.tables.schema import metadata

# A smaller priority comes first; none where a grade prefers nobody. Key accounts have a scheme of
# their own.
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
