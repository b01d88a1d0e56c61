"""problems"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "participants",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "duty",
            sa.Enum(
                "reception",
                "assessment",
                "design",
                "implementation",
                "feedback",
                "investigator",
                "support",
                name="duty",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_participants_case_id")),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_participants")),
    )
    op.create_table(
        "problems",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "registered",
                "verifying",
                "planned",
                "solving",
                "tracked",
                "called_back",
                "closed",
                name="problemstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "type",
            sa.Enum(
                "quality", "service", "custom", name="problemtype", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "product_quality",
                "after_sales_service",
                "logistics",
                "other",
                name="problemsource",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("found_by_customer", sa.Boolean(), nullable=False),
        sa.Column(
            "suggestion", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("product", sa.String(length=120), nullable=True),
        sa.Column("batch", sa.String(length=60), nullable=True),
        sa.Column(
            "departments", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column(
            "plan_remedy",
            sa.Enum(
                "replace",
                "repair",
                "negotiated_settlement",
                "return",
                "exchange",
                "other",
                name="remedy",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("plan_solution", sa.Text(), nullable=True),
        sa.Column("plan_feasibility", sa.Text(), nullable=True),
        sa.Column("plan_owner_id", sa.Uuid(), nullable=True),
        sa.Column("plan_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan_remedy_reason", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["cases.id"], name=op.f("fk_problems_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
    )
    op.create_table(
        "handling_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["problems.id"], name=op.f("fk_handling_steps_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling_steps")),
    )
    with op.batch_alter_table("handling_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handling_steps_case_id"), ["case_id"], unique=False)

    op.create_table(
        "return_visits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "telephone",
                "sms",
                "email",
                "letter",
                "network_platform",
                "in_person",
                name="method",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("satisfied", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("lesson", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["problems.id"], name=op.f("fk_return_visits_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_visits")),
    )
    with op.batch_alter_table("return_visits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_visits_case_id"), ["case_id"], unique=False)
