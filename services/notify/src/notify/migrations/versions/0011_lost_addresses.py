"""addresses that reach nobody"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
CAUSES = ("address_invalid", "mailbox_unknown", "number_void", "endpoint_gone")


def upgrade() -> None:
    cause = sa.Enum(*CAUSES, name="gone", native_enum=False, length=40)
    op.create_table(
        "lost_addresses",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("cause", cause, nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "channel", "cause", name=op.f("pk_lost_addresses")),
    )
