"""The table of gatherings."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, Uuid

from customer.adapters.columns import AmountColumn
from customer.adapters.tables.communications import Words
from customer.adapters.tables.schema import metadata
from customer.domain.gathering_states import State
from customer.domain.gatherings import Kind
from shared.tables import UtcDateTime, by_value

gatherings = Table(
    "gatherings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("kind", by_value(Kind), nullable=False),
    Column("title", String(120), nullable=False),
    Column("plan", Text, nullable=False),
    Column("agenda", Words, nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("attendees", Integer, nullable=False),
    Column("organiser_id", Uuid, nullable=False),
    Column("drafted_at", UtcDateTime, nullable=False),
    Column("budget", AmountColumn),
    Column("customers", Words, nullable=False),
    Column("joint_units", Words, nullable=False),
    Column("invited_units", Words, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("approvals", Words, nullable=False),
    Column("refusal", Text),
    Column("funded_by", Uuid),
    Column("held_on", Date),
    Column("report_text", Text),
    Column("reported_by", Uuid),
    Column("closed_by", Uuid),
    Column("version", Integer, nullable=False),
    Index("ix_gatherings_kind_planned_on", "kind", "planned_on"),
    Index("ix_gatherings_org_unit_planned_on_id", "org_unit", "planned_on", "id"),
)
