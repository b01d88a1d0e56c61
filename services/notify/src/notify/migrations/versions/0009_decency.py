"""the day for which a message counts"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("messages", sa.Column("said_on", sa.Date(), nullable=True))
