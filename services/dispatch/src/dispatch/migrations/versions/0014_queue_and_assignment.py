"""key accounts, the place of an order in the queue, and why its receiver has it"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
AT_ONCE = datetime(2026, 1, 1, tzinfo=UTC)
QUEUED = ["queue_place", "reply_due_at", "id"]


def upgrade() -> None:
    op.create_table(
        "key_accounts",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "unit", name=op.f("pk_key_accounts")),
    )
    with op.batch_alter_table("work_orders", schema=None) as orders:
        orders.add_column(sa.Column("preference", JSON, nullable=False, server_default="{}"))
        orders.add_column(
            sa.Column("queue_place", sa.Integer(), nullable=False, server_default="9999")
        )
        orders.add_column(sa.Column("assignment", JSON, nullable=True))
        orders.add_column(sa.Column("reply_due_because", JSON, nullable=True))
    is_open = sa.text("next_due_at IS NOT NULL")
    for name, columns in (
        ("ix_work_orders_queue", QUEUED),
        ("ix_work_orders_unit_queue", ["org_unit", *QUEUED]),
        ("ix_work_orders_receiver_queue", ["receiver_id", *QUEUED]),
    ):
        op.create_index(
            name, "work_orders", columns, postgresql_where=is_open, sqlite_where=is_open
        )
    op.create_index(
        "ix_work_orders_receiver_id_issued_at", "work_orders", ["receiver_id", "issued_at"]
    )
    find_places()


def find_places() -> None:
    """Each order that is open has a place in the queue from now on: a timer finds out where."""
    units = sa.table("org_units", sa.column("unit"), sa.column("parent"))
    timers = sa.table(
        "timers",
        sa.column("kind", sa.String()),
        sa.column("subject", sa.String()),
        sa.column("due_at", sa.DateTime(timezone=True)),
        sa.column("data", JSON),
    )
    bind = op.get_bind()
    rows = [
        {"kind": "unit.move", "subject": f"unit/{unit}", "due_at": AT_ONCE, "data": {"unit": unit}}
        for (unit,) in bind.execute(sa.select(units.c.unit).where(units.c.parent.is_(None)))
    ]
    if rows:
        bind.execute(sa.insert(timers), rows)
