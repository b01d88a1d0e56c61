"""subscriptions of other systems"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
POSITION = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
WAITING = sa.text("state IN ('waiting', 'sending')")
SENDING = sa.text("state = 'sending'")


def upgrade() -> None:
    _subscriptions()
    _events()
    _deliveries()
    _attempts()


def _subscriptions() -> None:
    states = sa.Enum("enabled", "disabled", name="endpointstate", native_enum=False, length=40)
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.LargeBinary(), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("event_types", JSON, nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("ordered", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("secrets", sa.LargeBinary(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("state_reason", sa.String(length=60), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("failing_since", TIME, nullable=True),
        sa.Column("served_at", TIME, nullable=True),
        sa.Column("slow", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
    )
    op.create_index("ix_subscriptions_org_unit", "subscriptions", ["org_unit"])


def _events() -> None:
    op.create_table(
        "subscription_events",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("planned_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_subscription_events"),
    )
    op.create_index("ix_subscription_events_planned_at", "subscription_events", ["planned_at"])


def _deliveries() -> None:
    table = "subscription_deliveries"
    states = sa.Enum(
        "waiting",
        "sending",
        "delivered",
        "failed",
        name="deliverystate",
        native_enum=False,
        length=40,
    )
    op.create_table(
        table,
        sa.Column("position", POSITION, autoincrement=True, nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("planned_at", TIME, nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=60), nullable=True),
        sa.Column("due_at", TIME, nullable=True),
        sa.Column("first_at", TIME, nullable=True),
        sa.Column("done_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("position", name=f"pk_{table}"),
        sa.UniqueConstraint(
            "subscription_id",
            "event_id",
            name="uq_subscription_deliveries_subscription_id_event_id",
        ),
    )
    op.create_index(f"ix_{table}_planned_at", table, ["planned_at"])
    op.create_index(f"ix_{table}_listed", table, ["subscription_id", "position"])
    for name, columns, condition in (
        ("due", ["subscription_id", "due_at", "position"], WAITING),
        ("next", ["subscription_id", "position"], WAITING),
        ("sending", ["subscription_id"], SENDING),
    ):
        op.create_index(
            f"ix_{table}_{name}",
            table,
            columns,
            postgresql_where=condition,
            sqlite_where=condition,
        )


def _attempts() -> None:
    op.create_table(
        "subscription_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", POSITION, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=60), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("excerpt", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_subscription_attempts"),
    )
    for column in ("position", "at"):
        op.create_index(f"ix_subscription_attempts_{column}", "subscription_attempts", [column])
