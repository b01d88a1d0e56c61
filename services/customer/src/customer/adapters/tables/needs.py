"""The tables of needs and of those who have to know them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, Uuid

from customer.adapters.tables.schema import metadata
from customer.domain.needs import Dimension, Origin, Weight
from shared.tables import UtcDateTime, by_value

needs = Table(
    "needs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("org_unit", String(60), nullable=False),
    Column("weight", by_value(Weight), nullable=False),
    Column("satisfiable_now", Boolean, nullable=False),
    Column("dimension", by_value(Dimension), nullable=False),
    Column("origin", by_value(Origin), nullable=False),
    Column("text", Text, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("expectation", Text),
    Column("wanted_by", String(60)),
    Column("version", Integer, nullable=False),
    Index("ix_needs_org_unit_id", "org_unit", "id"),
)

need_targets = Table(
    "need_targets",
    metadata,
    Column("need_id", Uuid, ForeignKey("needs.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("acknowledged_by", Uuid),
    Column("acknowledged_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_need_targets_unit_need_id", "unit", "need_id"),
)
