"""The tables of rankings of partners, and of the benefits that are given to them."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    String,
    Table,
    Text,
    Uuid,
    text,
)

from customer.adapters.benefit_columns import EvidenceColumn
from customer.adapters.tables.communications import Words
from customer.adapters.tables.schema import metadata
from customer.domain.benefit_states import State
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

partner_rankings = Table(
    "partner_rankings",
    metadata,
    Column("unit", String(60), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("form_percent", Integer, nullable=False),
    Column("file_percent", Integer, nullable=False),
    Column("score", Numeric(5, 2), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("tied", Boolean, nullable=False),
    Column("on_top", Boolean, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("ranked_at", UtcDateTime, nullable=False),
    Column("ranked_by", String(80), nullable=False),
    Index("ix_partner_rankings_unit_year_rank", "unit", "year", "rank", "customer_id"),
)

ALIVE = text("state IN ('proposed', 'granted')")
benefits = Table(
    "benefits",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("year", Integer, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("discount", Integer, nullable=False),
    Column("services", Words, nullable=False),
    Column("evidence", EvidenceColumn, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("proposed_by", String(80), nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("decided_by", String(80)),
    Column("decided_at", UtcDateTime),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("reason", Text),
    Column("version", Integer, nullable=False),
    Index("ix_benefits_org_unit_proposed_at_id", "org_unit", "proposed_at", "id"),
    # One of a partner lives in a unit, whatever is done at the same time elsewhere.
    Index(
        "uq_benefits_alive",
        "customer_id",
        "org_unit",
        unique=True,
        postgresql_where=ALIVE,
        sqlite_where=ALIVE,
    ),
)
