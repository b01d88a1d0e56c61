"""The table of admissions, one row each time that a unit looks at a customer."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Uuid, text

from customer.adapters.admission_columns import (
    AssessmentsColumn,
    MissingColumn,
    StepsColumn,
    TextsColumn,
)
from customer.adapters.tables.schema import metadata
from customer.domain.admission_states import LIVE, State
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

ENDED = [state.value for state in State if state not in LIVE]
STILL_LIVE = text(f"state NOT IN ({', '.join(map(repr, ENDED))})")

admissions = Table(
    "admissions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("unit", String(60), nullable=False),
    Column("products", TextsColumn, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", Uuid, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("steps", StepsColumn, nullable=False),
    Column("assessments", AssessmentsColumn, nullable=False),
    Column("missing", MissingColumn, nullable=False),
    Column("because", BecauseColumn),
    Column("decided_at", UtcDateTime),
    Column("decided_by", Uuid),
    Column("valid_until", Date),
    Column("version", Integer, nullable=False),
    Index("ix_admissions_customer_id_unit", "customer_id", "unit"),
    # A customer has one living admission to a unit, whatever is opened at the same time elsewhere.
    Index(
        "uq_admissions_live",
        "customer_id",
        "unit",
        unique=True,
        postgresql_where=STILL_LIVE,
        sqlite_where=STILL_LIVE,
    ),
)
