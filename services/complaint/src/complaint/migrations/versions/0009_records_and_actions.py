"""records_and_actions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "corrective_actions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("corrective", "preventive", name="actionkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "complaint",
                "pattern",
                "opinions",
                name="actionsource",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("procedure", sa.String(length=80), nullable=False),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "planned",
                "done",
                "verified",
                name="actionstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrective_actions")),
    )
    with op.batch_alter_table("corrective_actions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_corrective_actions_department_id", ["department", "id"], unique=False
        )
        batch_op.create_index("ix_corrective_actions_org_unit_id", ["org_unit", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_corrective_actions_owner_id"), ["owner_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_corrective_actions_source_id"), ["source_id"], unique=False
        )

    op.create_table(
        "handling_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "investigation",
                "responsibility",
                "cause",
                "solution",
                "compensation",
                "follow_up",
                name="handlingstage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column(
            "person_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("department", sa.String(length=60), nullable=True),
        sa.Column(
            "compensation_type",
            sa.Enum(
                "refund",
                "payment",
                "discount",
                "replacement",
                "service",
                name="compensationtype",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("compensation_amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_handling_records_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling_records")),
    )
    with op.batch_alter_table("handling_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handling_records_case_id"), ["case_id"], unique=False)

    op.create_table(
        "process_explanations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outline", sa.Text(), nullable=False),
        sa.Column(
            "steps", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_process_explanations_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_explanations")),
    )
    with op.batch_alter_table("process_explanations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_process_explanations_case_id"), ["case_id"], unique=False
        )
