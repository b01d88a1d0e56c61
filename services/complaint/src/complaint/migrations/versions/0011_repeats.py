"""repeats"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.create_index(
            "ix_complaints_complainant_phone", ["complainant_phone"], unique=False
        )

    with op.batch_alter_table("forms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sales_order", sa.String(length=60), nullable=True))
