"""The table of what customers raised."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, Uuid

from customer.adapters.tables.schema import metadata
from customer.domain.issues import Source, State
from shared.tables import UtcDateTime, by_value

issues = Table(
    "issues",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("org_unit", String(60), nullable=False),
    Column("source", by_value(Source), nullable=False),
    Column("source_id", Uuid, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("responsible_id", Uuid, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("raised_by", Uuid, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("request_id", Uuid, unique=True),
    Column("work_order_id", Uuid, index=True),
    Column("problem_id", Uuid),
    Column("answer_text", Text),
    Column("answered_by", Uuid),
    Column("answered_at", UtcDateTime),
    Column("closed_by", Uuid),
    Column("version", Integer, nullable=False),
    Index("ix_issues_org_unit_due_at_id", "org_unit", "due_at", "id"),
    Index("ix_issues_responsible_id_state", "responsible_id", "state"),
)
