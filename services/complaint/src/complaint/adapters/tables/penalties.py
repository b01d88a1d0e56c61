"""Penalties and the breaches that they are for."""

from sqlalchemy import Boolean, Column, Date, Index, String, Table, Text, UniqueConstraint, Uuid

from complaint.adapters.columns import MoneyColumn
from complaint.adapters.tables.schema import metadata
from complaint.domain.penalty_states import PenaltyState
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

penalties = Table(
    "penalties",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("rule", String(40), nullable=False),
    Column("about", String(80), nullable=False),
    Column("person_id", Uuid, nullable=False, index=True),
    Column("occurred_on", Date, nullable=False),
    Column("code", String(60), nullable=False),
    Column("lowest", MoneyColumn, nullable=False),
    Column("highest", MoneyColumn, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("month", String(7), nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("proposed_by", Uuid),
    Column("evidence", Text),
    Column("cause", String(80)),
    Column("hard", Boolean),
    Column("state", by_value(PenaltyState), nullable=False),
    Column("amount", MoneyColumn),
    Column("decided_by", Uuid),
    Column("decided_at", UtcDateTime),
    Column("reason", Text),
    Column("posted_by", Uuid),
    Column("posted_at", UtcDateTime),
    UniqueConstraint("about", "rule", "code", "person_id", "occurred_on"),
    Index("ix_penalties_month_state", "month", "state"),
)
