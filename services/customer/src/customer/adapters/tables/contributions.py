"""The table of what customers contribute to departments; one figure a customer and department."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Uuid

from customer.adapters.columns import AmountColumn
from customer.adapters.tables.schema import metadata
from shared.tables import UtcDateTime

contributions = Table(
    "contributions",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("amount", AmountColumn, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    Column("told_by", String(80), nullable=False),
    Index("ix_contributions_unit_amount_customer_id", "unit", "amount", "customer_id"),
)
