"""which digest a message stands in"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("messages", sa.Column("digest_id", sa.Uuid(), nullable=True))
    op.create_index("ix_messages_digest_id", "messages", ["digest_id"])
