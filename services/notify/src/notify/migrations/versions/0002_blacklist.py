"""blacklist"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "blacklist_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("customer_number", sa.String(length=60), nullable=True),
        sa.Column(
            "scope",
            sa.Enum("department", "company", name="scope", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("unit", sa.String(length=60), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blacklist_entries")),
    )
    with op.batch_alter_table("blacklist_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_blacklist_entries_customer_id"), ["customer_id"], unique=False
        )
    purpose = sa.Enum("service", "care", "promotion", name="purpose", native_enum=False, length=40)
    # Of what was said so far, birthday greetings alone were no service.
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("purpose", purpose, nullable=False, server_default="service"))
        batch_op.create_index(batch_op.f("ix_messages_customer_id"), ["customer_id"], unique=False)
    op.execute("UPDATE messages SET purpose = 'care' WHERE reason = 'birthday'")
