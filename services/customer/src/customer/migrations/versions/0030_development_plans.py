"""development plans, and the funding of gatherings"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "development_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("because", json, nullable=False),
        sa.Column("coordinated_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("proposed", "agreed", name="state", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_development_plans_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_development_plans")),
    )
    op.create_index("ix_development_plans_customer_id", "development_plans", ["customer_id"])
    op.create_index("ix_development_plans_org_unit_id", "development_plans", ["org_unit", "id"])
    op.create_table(
        "development_plan_parts",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["development_plans.id"], name=op.f("fk_development_plan_parts_plan_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", "unit", name=op.f("pk_development_plan_parts")),
    )
    op.create_index(
        "ix_development_plan_parts_unit_plan_id", "development_plan_parts", ["unit", "plan_id"]
    )
    op.add_column("gatherings", sa.Column("funded_by", sa.Uuid(), nullable=True))
    op.create_index("ix_gatherings_kind_planned_on", "gatherings", ["kind", "planned_on"])
