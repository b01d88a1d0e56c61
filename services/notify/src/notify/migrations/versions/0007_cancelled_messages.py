"""cancelled messages, and the clause of a state"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    clause = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("messages", sa.Column("state_because", clause, nullable=True))
    op.add_column("messages", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    of = sa.table("messages", *(sa.column(name) for name in ("state", "state_reason")))
    overtaken = sa.and_(of.c.state == "suppressed", of.c.state_reason == "overtaken")
    op.execute(sa.update(of).where(overtaken).values(state="cancelled"))
