"""visit plans of a year"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "annual_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sales_plan", sa.String(length=80), nullable=False),
        sa.Column("because", json, nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "filling",
                "draft",
                "submitted",
                "returned",
                "approved",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("filled_to", sa.Uuid(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("open_rows", sa.Integer(), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_plans")),
        sa.UniqueConstraint("org_unit", "year", name=op.f("uq_annual_plans_org_unit_year")),
    )
    op.create_table(
        "annual_plan_rows",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("visits", json, nullable=False),
        sa.Column("proposals", json, nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["annual_plans.id"], name=op.f("fk_annual_plan_rows_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_annual_plan_rows_customer_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", "customer_id", name=op.f("pk_annual_plan_rows")),
    )
    op.create_index("ix_annual_plan_rows_customer_id", "annual_plan_rows", ["customer_id"])
    op.create_index(
        "ix_annual_plan_rows_plan_id_complete",
        "annual_plan_rows",
        ["plan_id", "complete", "customer_id"],
    )
