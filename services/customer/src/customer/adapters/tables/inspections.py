"""The tables of joint inspections of partners, and of the units that take part."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid

from customer.adapters.tables.schema import metadata
from customer.domain.inspection_states import State
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

inspections = Table(
    "inspections",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("org_unit", String(60), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("organiser_id", Uuid, nullable=False),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("held_on", Date),
    Column("conclusion", Text),
    Column("cancelled_for", Text),
    Column("version", Integer, nullable=False),
    Index("ix_inspections_org_unit_planned_on_id", "org_unit", "planned_on", "id"),
)

inspection_units = Table(
    "inspection_units",
    metadata,
    Column("inspection_id", Uuid, ForeignKey("inspections.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("finding", Text),
    Column("inspector_id", Uuid),
    Column("found_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_inspection_units_unit_inspection_id", "unit", "inspection_id"),
)
