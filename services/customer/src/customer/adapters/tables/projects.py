"""The table of projects that are known of."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid

from customer.adapters.columns import AmountColumn
from customer.adapters.tables.schema import metadata
from customer.domain.projects import Stage
from shared.tables import UtcDateTime, by_value

projects = Table(
    "projects",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("name", String(120), nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("stage", by_value(Stage), nullable=False),
    Column("amount", AmountColumn),
    Column("key_project", Boolean, nullable=False),
    Column("communication_necessary", Boolean, nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("participants", Text),
    Column("competitors", Text),
    Column("next_step", Text),
    Column("version", Integer, nullable=False),
    Index("ix_projects_customer_id_stage", "customer_id", "stage"),
    Index("ix_projects_org_unit_id", "org_unit", "id"),
)
