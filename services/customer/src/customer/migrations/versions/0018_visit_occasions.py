"""visit occasions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "visit_flags",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("out_of_town", sa.Boolean(), nullable=False),
        sa.Column("executive_selected", sa.Boolean(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_visit_flags_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", "unit", name=op.f("pk_visit_flags")),
    )
    op.create_table(
        "visit_occasions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sale",
                "contract_expiry",
                "milestone",
                "holiday",
                name="occasionkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("happens_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_visit_occasions_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_occasions")),
        sa.UniqueConstraint(
            "customer_id",
            "unit",
            "kind",
            "reference",
            name=op.f("uq_visit_occasions_customer_id_unit_kind_reference"),
        ),
    )
    before = sa.text("state IN ('planned', 'due', 'overdue')")
    still_open = sa.text("state IN ('planned', 'due', 'overdue', 'escalated')")
    record = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    # Every visit so far comes again and again, and was planned without looking at priorities.
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("occasion", sa.String(length=48), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("grade", sa.String(length=81), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("priority", sa.Integer(), nullable=False, server_default="99")
        )
        batch_op.add_column(sa.Column("appointed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("record", record, nullable=True))
        batch_op.drop_index(
            batch_op.f("uq_visits_open"), postgresql_where=before, sqlite_where=before
        )
        batch_op.create_index(
            "uq_visits_open",
            ["customer_id", "org_unit", "activity", "role", "occasion"],
            unique=True,
            postgresql_where=still_open,
            sqlite_where=still_open,
        )
        batch_op.create_index("ix_visits_due_on_org_unit", ["due_on", "org_unit"], unique=False)
