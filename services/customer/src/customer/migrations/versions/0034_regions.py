"""regions of customers"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("region", sa.String(length=80), nullable=True))
        batch_op.create_index("ix_customers_region_id", ["region", "id"], unique=False)
