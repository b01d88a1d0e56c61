"""The table of the grades that hold now; how they came about stands in their history."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    false,
)

from customer.adapters.columns import AmountColumn
from customer.adapters.tables.schema import metadata
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime

# ``product`` is empty for a grade that holds for all that a unit sells.
grades = Table(
    "grades",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("scheme", String(40), primary_key=True),
    Column("product", String(60), primary_key=True, default=""),
    Column("grade", String(40), nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("graded_at", UtcDateTime, nullable=False),
    Column("internal", Boolean, nullable=False, server_default=false()),
    Column("version", Integer, nullable=False),
    Index("ix_grades_unit_scheme_product_grade", "unit", "scheme", "product", "grade"),
    Index("ix_grades_scheme_grade_customer_id", "scheme", "grade", "customer_id"),
)

# What a customer bought in the year up to his last purchase.
purchases = Table(
    "purchases",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("amount", AmountColumn, nullable=False),
    Column("frequency", Integer, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    Column("told_by", String(80), nullable=False),
)
