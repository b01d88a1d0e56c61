"""case_analyses"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "case_analyses",
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
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "done", name="analysisstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_analyses")),
        sa.UniqueConstraint(
            "org_unit", "until_on", name=op.f("uq_case_analyses_org_unit_until_on")
        ),
    )
    with op.batch_alter_table("case_analyses", schema=None) as batch_op:
        batch_op.create_index("ix_case_analyses_department_id", ["department", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_analyses_owner_id"), ["owner_id"], unique=False)
