"""progress, unability, due times and breaches of work orders"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
AWAITED = ("issue", "reply", "reassignment", "decision", "closing")


def upgrade() -> None:
    with op.batch_alter_table("work_orders", schema=None) as orders:
        orders.add_column(sa.Column("progress_reports", JSON, nullable=False, server_default="[]"))
        orders.add_column(sa.Column("unable_report", JSON, nullable=True))
        orders.add_column(sa.Column("decider_id", sa.Uuid(), nullable=True))
        orders.add_column(sa.Column("cancelled_by", sa.Uuid(), nullable=True))
        for name in ("cancelled_at", "next_due_at", "warn_at", "overdue_at"):
            orders.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in ("from_paper", "receiver_gone"):
            orders.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
        orders.add_column(
            sa.Column(
                "awaited",
                sa.Enum(*AWAITED, name="awaited", native_enum=False, length=40),
                nullable=True,
            )
        )
        orders.create_index("ix_work_orders_decider_id", ["decider_id"])

    op.create_table(
        "breaches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.DateTime(timezone=True), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("because", JSON, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["work_order_id"], ["work_orders.id"], name=op.f("fk_breaches_work_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breaches")),
        sa.UniqueConstraint(
            "work_order_id",
            "code",
            "occasion",
            name=op.f("uq_breaches_work_order_id_code_occasion"),
        ),
    )
    op.create_index("ix_breaches_person_id", "breaches", ["person_id"])
    wake_open_orders()


def wake_open_orders() -> None:
    """Each order that is open has from now on something that is due: its timer finds out what."""
    at = sa.DateTime(timezone=True)
    of = sa.table(
        "work_orders",
        sa.column("id", sa.Uuid()),
        sa.column("state", sa.String()),
        sa.column("opened_at", at),
    )
    timers = sa.table(
        "timers",
        sa.column("kind", sa.String()),
        sa.column("subject", sa.String()),
        sa.column("due_at", at),
        sa.column("data", JSON),
    )
    bind = op.get_bind()
    opened = sa.select(of.c.id, of.c.opened_at).where(of.c.state != "archived")
    rows = [
        {
            "kind": "work_order.wake",
            "subject": f"work_order/{order_id}",
            "due_at": opened_at,
            "data": {"work_order_id": str(order_id)},
        }
        for order_id, opened_at in bind.execute(opened)
    ]
    if rows:
        bind.execute(sa.insert(timers), rows)
