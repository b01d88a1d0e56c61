"""what providers report"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for name in ("doubted_at", "ask_at"):
        op.add_column("messages", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("messages", sa.Column("receipt", sa.String(length=80), nullable=True))
    op.create_index("ix_messages_ask_at", "messages", ["ask_at"])
    messages = sa.table(
        "messages", *(sa.column(n) for n in ("in_doubt", "doubted_at", "changed_at"))
    )
    doubted = sa.update(messages).where(messages.c.in_doubt.is_(sa.true()))
    op.execute(doubted.values(doubted_at=messages.c.changed_at))
    op.drop_column("messages", "in_doubt")
