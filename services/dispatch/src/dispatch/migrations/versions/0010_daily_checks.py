"""daily_checks"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
TIME = sa.DateTime(timezone=True)
ORDER_STATES = (
    "draft",
    "issued",
    "accepted",
    "in_progress",
    "progress_reported",
    "unable_reported",
    "completed",
    "called_back",
    "signed",
    "archived",
    "cancelled",
)


def upgrade() -> None:
    _rounds_and_lists()
    _entries()
    _handovers()


def _rounds_and_lists() -> None:
    op.create_table(
        "daily_rounds",
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("after", TIME, nullable=False),
        sa.Column("pending_day", sa.Date(), nullable=True),
        sa.Column("pending_shift", sa.String(length=60), nullable=True),
        sa.Column("pending_ends_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("unit", name=op.f("pk_daily_rounds")),
    )
    op.create_table(
        "daily_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(length=60), nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("by_state", JSON, nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.Column("carried_over", sa.Integer(), nullable=False),
        sa.Column("because", JSON, nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("handed_over_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_checks")),
        sa.UniqueConstraint(
            "org_unit", "day", "shift", name=op.f("uq_daily_checks_org_unit_day_shift")
        ),
    )


def _entries() -> None:
    op.create_table(
        "daily_check_entries",
        sa.Column("daily_check_id", sa.Uuid(), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("order_no", sa.String(length=80), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*ORDER_STATES, name="state", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("dispatcher_id", sa.Uuid(), nullable=True),
        sa.Column("receiver_id", sa.Uuid(), nullable=True),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("days_open", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("instruction", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["daily_check_id"],
            ["daily_checks.id"],
            name=op.f("fk_daily_check_entries_daily_check_id_daily_checks"),
        ),
        sa.ForeignKeyConstraint(
            ["work_order_id"],
            ["work_orders.id"],
            name=op.f("fk_daily_check_entries_work_order_id_work_orders"),
        ),
        sa.PrimaryKeyConstraint(
            "daily_check_id", "work_order_id", name=op.f("pk_daily_check_entries")
        ),
    )


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("daily_check_id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", TIME, nullable=False),
        sa.Column("lines", JSON, nullable=False),
        sa.Column("outgoing", JSON, nullable=False),
        sa.Column("incoming", JSON, nullable=True),
        sa.Column(
            "state",
            sa.Enum("proposed", "signed", "voided", name="state", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("voided_at", TIME, nullable=True),
        sa.Column(
            "void_reason",
            sa.Enum("changed", "superseded", name="why", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("differing", JSON, nullable=False),
        sa.Column("because", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["daily_check_id"],
            ["daily_checks.id"],
            name=op.f("fk_handovers_daily_check_id_daily_checks"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index("ix_handovers_daily_check_id", "handovers", ["daily_check_id"])
    op.create_index("ix_handovers_org_unit", "handovers", ["org_unit"])
    op.create_index(
        "uq_handovers_waiting",
        "handovers",
        ["org_unit"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed'"),
        sqlite_where=sa.text("state = 'proposed'"),
    )
