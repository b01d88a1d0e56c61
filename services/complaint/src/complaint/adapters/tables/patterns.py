"""By what cases are alike, and the patterns that were found in them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Uuid, text

from complaint.adapters.tables.schema import metadata
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime

STILL_OPEN = text("ended_at IS NULL")

patterns = Table(
    "patterns",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("category", String(60), nullable=False),
    Column("product", String(120), nullable=False),
    Column("department", String(60), nullable=False),
    Column("cases", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("detected_at", UtcDateTime, nullable=False),
    Column("action_id", Uuid, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("ended_at", UtcDateTime),
    # Of two workers that find the same at once the second fails, and then finds it open.
    Index(
        "uq_patterns_open",
        "org_unit",
        "category",
        "product",
        unique=True,
        postgresql_where=STILL_OPEN,
        sqlite_where=STILL_OPEN,
    ),
    Index("ix_patterns_org_unit_id", "org_unit", "id"),
    Index("ix_patterns_department_id", "department", "id"),
)

pattern_marks = Table(
    "pattern_marks",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("category", String(60), nullable=False),
    Column("product", String(120), nullable=False),
    Column("department", String(60)),
    Column("filed_at", UtcDateTime, nullable=False),
    Column("pattern_id", Uuid, ForeignKey("patterns.id"), index=True),
    Index("ix_pattern_marks_alike", "category", "product", "filed_at"),
)
