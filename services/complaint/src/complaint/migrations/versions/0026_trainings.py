"""trainings"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "trainings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "person_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "topic",
            sa.Enum(
                "product_knowledge",
                "service_skills",
                "communication",
                "problem_solving",
                name="topic",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "scheduled",
                "held",
                "declined",
                name="trainingstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scheduled_on", sa.Date(), nullable=True),
        sa.Column(
            "attended_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_trainings_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )
    with op.batch_alter_table("trainings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trainings_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_trainings_department_id", ["department", "id"], unique=False)
        batch_op.create_index("ix_trainings_org_unit_id", ["org_unit", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trainings_owner_id"), ["owner_id"], unique=False)

    with op.batch_alter_table("field_works", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_field_works_complaint_id"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_field_works_complaint_id"), "cases", ["complaint_id"], ["id"]
        )

    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "root_cause",
                sa.Enum(
                    "product_quality",
                    "service_operation",
                    "other",
                    name="rootcause",
                    native_enum=False,
                    length=40,
                ),
                nullable=True,
            )
        )
