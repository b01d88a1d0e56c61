"""withdrawn breaches"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    because = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("breaches", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    op.add_column("breaches", sa.Column("withdrawn_because", because))
    op.add_column("breaches", sa.Column("withdrawal", sa.String(length=40)))
