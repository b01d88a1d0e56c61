"""The tables of who of ours knows a customer, and of what was handed over."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, Uuid

from customer.adapters.tables.schema import metadata
from customer.domain.owners import Link
from shared.tables import UtcDateTime, by_value

staff_links = Table(
    "staff_links",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("person_id", Uuid, primary_key=True, index=True),
    Column("link", by_value(Link), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("from_unit", String(60), nullable=False),
    Column("to_unit", String(60), nullable=False),
    Column("old_owner_id", Uuid),
    Column("new_owner_id", Uuid),
    Column("note", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String(80), nullable=False),
)
