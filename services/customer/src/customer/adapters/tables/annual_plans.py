"""The tables of the visit plans of a year and of their customers."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from customer.adapters.tables.schema import metadata
from customer.domain.annual_plan_states import State
from shared.columns import AsJson, BecauseColumn
from shared.tables import UtcDateTime, by_value

annual_plans = Table(
    "annual_plans",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("year", Integer, nullable=False),
    Column("sales_plan", String(80), nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("drafted_by", Uuid, nullable=False),
    Column("drafted_at", UtcDateTime, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("filled_to", Uuid),
    Column("rows", Integer, nullable=False),
    Column("open_rows", Integer, nullable=False),
    Column("submitted_by", Uuid),
    Column("decided_by", Uuid),
    Column("refusal", Text),
    Column("version", Integer, nullable=False),
    UniqueConstraint("org_unit", "year"),
)

annual_plan_rows = Table(
    "annual_plan_rows",
    metadata,
    Column("plan_id", Uuid, ForeignKey("annual_plans.id"), primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("visits", AsJson(dict), nullable=False),
    Column("proposals", AsJson(dict), nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_annual_plan_rows_customer_id", "customer_id"),
    Index("ix_annual_plan_rows_plan_id_complete", "plan_id", "complete", "customer_id"),
)
