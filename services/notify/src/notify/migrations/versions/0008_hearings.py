"""what was made of events"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "hearings",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("occurrence", sa.String(length=120), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decisions", json, nullable=False),
        sa.Column("instead", json, nullable=False),
        sa.Column("passed_over", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_hearings")),
    )
    op.create_index(op.f("ix_hearings_heard_at"), "hearings", ["heard_at"])
    op.add_column("messages", sa.Column("event_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_messages_event_id"), "messages", ["event_id"])
