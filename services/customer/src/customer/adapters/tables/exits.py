"""The table of exit cases."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid, text

from customer.adapters.tables.communications import Words
from customer.adapters.tables.schema import metadata
from customer.domain.exit_states import State
from customer.domain.exits import Kind
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

OPEN = text("state = 'proposed'")
exit_cases = Table(
    "exit_cases",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("kind", by_value(Kind), nullable=False),
    Column("reason_code", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("proposed_by", String(80), nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("strategy", Text),
    Column("review_on", Date),
    Column("criteria", Words, nullable=False),
    Column("review_id", Uuid, ForeignKey("stage_reviews.id"), unique=True),
    Column("state", by_value(State), nullable=False),
    Column("decided_by", String(80)),
    Column("decided_at", UtcDateTime),
    Column("opinion", Text),
    Column("version", Integer, nullable=False),
    Index("ix_exit_cases_org_unit_id", "org_unit", "id"),
    # A customer has one case in a unit that waits for a decision.
    Index(
        "uq_exit_cases_open",
        "customer_id",
        "org_unit",
        unique=True,
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    ),
)
