"""The table of communications with customers."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, Uuid

from customer.adapters.tables.schema import metadata
from customer.domain.communication_states import State
from customer.domain.communications import Kind
from shared.columns import AsJson, BecauseColumn
from shared.tables import UtcDateTime, by_value

Words = AsJson(tuple)

communications = Table(
    "communications",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("kind", by_value(Kind), nullable=False),
    Column("mode", String(40), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("agenda", Text, nullable=False),
    Column("planned_for", UtcDateTime, nullable=False),
    Column("planned_by", Uuid, nullable=False),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("our_side", Words, nullable=False),
    Column("their_side", Words, nullable=False),
    Column("project_id", Uuid, ForeignKey("projects.id")),
    Column("place", Text),
    Column("state", by_value(State), nullable=False),
    Column("held_at", UtcDateTime),
    Column("minutes_due_at", UtcDateTime),
    Column("because", BecauseColumn),
    Column("minutes", Text),
    Column("feedback", Text),
    Column("competitors", Text),
    Column("follow_up", Text),
    Column("principles", Words, nullable=False),
    Column("file_checked", Boolean, nullable=False),
    Column("shared_persons", Words, nullable=False),
    Column("shared_units", Words, nullable=False),
    Column("disclosures", Words, nullable=False),
    Column("recorded_by", Uuid),
    Column("recorded_at", UtcDateTime),
    Column("checked_by", Uuid),
    Column("checked_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_communications_customer_id_planned_for", "customer_id", "planned_for"),
    Index("ix_communications_org_unit_planned_for_id", "org_unit", "planned_for", "id"),
    Index("ix_communications_org_unit_recorded_at", "org_unit", "recorded_at"),
)
