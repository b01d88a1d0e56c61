"""For how much a penalty is proposed."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.add_column(
        "penalties", sa.Column("quantity", sa.Integer, nullable=False, server_default="1")
    )
