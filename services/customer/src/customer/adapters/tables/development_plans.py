"""The tables of development plans and of the departments that take part."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, Uuid

from customer.adapters.tables.schema import metadata
from customer.domain.development_plan_states import State
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

development_plans = Table(
    "development_plans",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("org_unit", String(60), nullable=False),
    Column("needs", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("coordinated_by", Uuid, nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_development_plans_org_unit_id", "org_unit", "id"),
)

development_plan_parts = Table(
    "development_plan_parts",
    metadata,
    Column("plan_id", Uuid, ForeignKey("development_plans.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("agreed_by", Uuid),
    Column("agreed_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_development_plan_parts_unit_plan_id", "unit", "plan_id"),
)
