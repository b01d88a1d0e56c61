"""The tables of how grades come about: proposals, decisions, scorecards and facts."""

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

from customer.adapters.grading_columns import (
    ApprovalsColumn,
    BandsColumn,
    ClausesColumn,
    IndicatorsColumn,
)
from customer.adapters.tables.schema import metadata
from customer.domain.grade_criteria import BreachKind, HospitalLevel
from customer.domain.grading_states import State
from shared.columns import AsJson, BecauseColumn
from shared.tables import Json, UtcDateTime, by_value
from shared.unchanging import only_added

Words = AsJson(tuple)
ONE_AT_A_TIME = {"proposed": text("state = 'proposed'"), "active": text("state = 'active'")}
KEY = ("customer_id", "unit", "scheme", "product")

gradings = Table(
    "gradings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("unit", String(60), nullable=False),
    Column("scheme", String(40), nullable=False),
    Column("product", String(60), nullable=False),
    Column("grade", String(40), nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("proposed_by", String(80), nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("approvers", Words, nullable=False),
    Column("internal", Boolean, nullable=False),
    Column("evidence", String(200)),
    Column("reason", Text),
    Column("override_reason", Text),
    Column("scorecard_id", Uuid),
    Column("scores", Json, nullable=False),
    Column("score", Numeric(5, 2)),
    Column("materials", Words, nullable=False),
    Column("criteria", ClausesColumn, nullable=False),
    Column("warnings", Words, nullable=False),
    Column("approvals", ApprovalsColumn, nullable=False),
    Column("old_grade", String(40)),
    Column("state", by_value(State), nullable=False),
    Column("decided_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_gradings_unit_state_proposed_at", "unit", "state", "proposed_at"),
    Index("ix_gradings_customer_id_scheme", "customer_id", "scheme"),
    # One grade of a key holds, and one is waiting, whatever is done at the same time elsewhere.
    *(
        Index(
            f"uq_gradings_{state}",
            *KEY,
            unique=True,
            postgresql_where=only,
            sqlite_where=only,
        )
        for state, only in ONE_AT_A_TIME.items()
    ),
)

# Every grade that was decided on, with all that led to it. Rows are only added (CL-43).
grade_history = Table(
    "grade_history",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("unit", String(60), nullable=False),
    Column("scheme", String(40), nullable=False),
    Column("product", String(60), nullable=False),
    Column("old", String(40)),
    Column("new", String(40)),
    Column("because", BecauseColumn, nullable=False),
    Column("grading_id", Uuid),
    Column("internal", Boolean, nullable=False),
    Column("evidence", String(200)),
    Column("score", Numeric(5, 2)),
    Column("scorecard_id", Uuid),
    Column("criteria", ClausesColumn, nullable=False),
    Column("reason", Text),
    Column("override_reason", Text),
    Column("proposed_by", String(80), nullable=False),
    Column("approvals", ApprovalsColumn, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("decided_by", String(80), nullable=False),
    Index("ix_grade_history_customer_id_decided_at", "customer_id", "decided_at", "id"),
)
only_added(grade_history)

# A row a grade whose share is limited: who gives it holds the row until the commit.
grade_places = Table(
    "grade_places",
    metadata,
    Column("unit", String(60), primary_key=True),
    Column("scheme", String(40), primary_key=True),
    Column("product", String(60), primary_key=True),
)

scorecards = Table(
    "scorecards",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("unit", String(60), nullable=False),
    Column("scheme", String(40), nullable=False),
    Column("product", String(60), nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("indicators", IndicatorsColumn, nullable=False),
    Column("bands", BandsColumn, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(80), nullable=False),
    Index("ix_scorecards_unit_scheme_effective_from", "unit", "scheme", "effective_from"),
)

# What is declared of a customer for his grades; replaced as a whole.
grading_facts = Table(
    "grading_facts",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("hospital_level", by_value(HospitalLevel)),
    Column("beds", Integer),
    Column("specialised", Boolean, nullable=False),
    Column("declared", Words, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("recorded_by", String(80), nullable=False),
)

# How a customer broke what was agreed; a record stays.
breaches = Table(
    "breaches",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("unit", String(60), nullable=False),
    Column("kind", by_value(BreachKind), nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("evidence", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("recorded_by", String(80), nullable=False),
)
