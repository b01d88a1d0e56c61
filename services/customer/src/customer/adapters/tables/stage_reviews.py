"""The tables of stage reviews and of grades that have to be lowered."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Uuid, text

from customer.adapters.tables.schema import metadata
from customer.domain.stage_review_states import State
from shared.columns import BecauseColumn
from shared.tables import Json, UtcDateTime, by_value

stage_reviews = Table(
    "stage_reviews",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("unit", String(60), nullable=False),
    Column("scheme", String(40), nullable=False),
    Column("period_from", Date, nullable=False),
    Column("period_to", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("old_grade", String(40), nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("internal", Boolean, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("proposed_grade", String(40)),
    Column("form", Json, nullable=False),
    Column("reviewer", String(80)),
    Column("reported_at", UtcDateTime),
    Column("filed_by", String(80)),
    Column("filed_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_stage_reviews_unit_due_on_id", "unit", "due_on", "id"),
    Index("ix_stage_reviews_customer_id_unit_scheme", "customer_id", "unit", "scheme"),
)

UNSETTLED = text("settled_at IS NULL")
grade_problems = Table(
    "grade_problems",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("unit", String(60), nullable=False),
    Column("scheme", String(40), nullable=False),
    Column("product", String(60), nullable=False),
    Column("grade", String(40), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    Column("noted_by", String(80), nullable=False),
    Column("settled_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    # One downgrade of a grade is pending, however many problems there are.
    Index(
        "uq_grade_problems_unsettled",
        "customer_id",
        "unit",
        "scheme",
        "product",
        unique=True,
        postgresql_where=UNSETTLED,
        sqlite_where=UNSETTLED,
    ),
)
