"""action plans"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    because = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("forms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan_measures", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("plan_owner_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("plan_due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("plan_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("plan_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("plan_because", because, nullable=True))
