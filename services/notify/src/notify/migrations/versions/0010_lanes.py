"""lanes of messages"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column(
        "messages", sa.Column("lane", sa.String(length=40), server_default="-", nullable=False)
    )
    op.add_column("messages", sa.Column("turn", sa.Uuid(), nullable=True))
    op.add_column("messages", sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE messages SET lane = CASE channel WHEN '' THEN '-' ELSE channel END,"
        " turn = id, queued_at = planned_at"
        " WHERE state IN ('held', 'planned', 'sending')"
    )
    _index("ix_messages_queue", ["lane", "urgency", "queued_at", "id"], "state = 'planned'")
    _index("ix_messages_in_hand", ["lane"], "state = 'sending'")
    _index(
        "ix_messages_in_turn",
        ["person_id", "subject", "turn"],
        "state IN ('planned', 'sending')",
    )


def _index(name: str, columns: list[str], condition: str) -> None:
    rows = sa.text(condition)
    op.create_index(name, "messages", columns, postgresql_where=rows, sqlite_where=rows)
