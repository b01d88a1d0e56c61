"""barred customers"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "barred_customers",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_barred_customers")),
    )
    with op.batch_alter_table("barred_customers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_barred_customers_customer_id"), ["customer_id"], unique=False
        )

    with op.batch_alter_table("work_orders", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_work_orders_customer_id"), ["customer_id"], unique=False
        )
