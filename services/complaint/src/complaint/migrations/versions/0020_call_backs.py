"""calls that were promised"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"

SITUATIONS = (
    "greeting",
    "question",
    "solvable_at_once",
    "guide_to_solver",
    "no_answer_now",
    "other_department",
    "report_needed",
    "purpose",
    "payment_reminder",
    "information",
    "progress",
    "completed",
    "end",
)
STATES = ("promised", "made", "cancelled")


def upgrade() -> None:
    op.create_table(
        "call_backs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column(
            "situation",
            sa.Enum(*SITUATIONS, name="situation", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("promised_by", sa.Uuid(), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("caller_name", sa.LargeBinary(), nullable=True),
        sa.Column("caller_phone", sa.LargeBinary(), nullable=True),
        sa.Column("asked_department", sa.String(length=60), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="callbackstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_call_backs_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_backs")),
    )
    with op.batch_alter_table("call_backs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_backs_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_call_backs_department_id", ["department", "id"], unique=False)
        batch_op.create_index("ix_call_backs_org_unit_id", ["org_unit", "id"], unique=False)
        batch_op.create_index("ix_call_backs_owner_id_state", ["owner_id", "state"], unique=False)
