"""newsletters"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
STATES = ("proposed", "approved", "sending", "sent", "declined", "withdrawn", "lapsed")


def upgrade() -> None:
    states = sa.Enum(*STATES, name="issuestate", native_enum=False, length=40)
    op.create_table(
        "newsletters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("audience", JSON, nullable=False),
        sa.Column("texts", sa.LargeBinary(), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approvers", JSON, nullable=False),
        sa.Column("because", JSON, nullable=False),
        sa.Column("editor_id", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_newsletters"),
    )
    op.create_index(
        "ix_newsletters_org_unit_topic", "newsletters", ["org_unit", "topic", "send_at"]
    )
