"""The tables of major changes: what a file has to follow, and what customers report themselves."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, Uuid

from customer.adapters.tables.schema import metadata
from customer.domain.change_notices import NoticeState
from customer.domain.status_cases import CaseKind, CaseState
from shared.columns import BecauseColumn
from shared.tables import Json, UtcDateTime, by_value

change_notices = Table(
    "change_notices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("fields", Json, nullable=False),
    Column("waiting", Json, nullable=False),
    Column("known_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("reported_by", String(80), nullable=False),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("state", by_value(NoticeState), nullable=False),
    Column("done_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_change_notices_customer_id_state", "customer_id", "state"),
)

status_cases = Table(
    "status_cases",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("org_unit", String(60), nullable=False),
    Column("kind", by_value(CaseKind), nullable=False),
    Column("words", Text, nullable=False),
    Column("contact_id", Uuid),
    Column("reported_by", String(80), nullable=False),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("state", by_value(CaseState), nullable=False),
    Column("decided_by", String(80)),
    Column("decided_at", UtcDateTime),
    Column("version", Integer, nullable=False),
)
