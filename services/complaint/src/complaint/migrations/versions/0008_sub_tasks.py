"""sub_tasks"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "sub_tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "done",
                "returned",
                "cancelled",
                name="subtaskstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report_overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sub_tasks_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sub_tasks")),
    )
    with op.batch_alter_table("sub_tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sub_tasks_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_sub_tasks_department_id", ["department", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sub_tasks_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "sub_task_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sub_task_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sub_task_id"], ["sub_tasks.id"], name=op.f("fk_sub_task_reports_sub_task_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sub_task_reports")),
    )
    with op.batch_alter_table("sub_task_reports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sub_task_reports_sub_task_id"), ["sub_task_id"], unique=False
        )
