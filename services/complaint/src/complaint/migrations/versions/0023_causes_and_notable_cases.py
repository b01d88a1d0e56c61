"""causes and notable cases"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("forms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cause_code", sa.String(length=60), nullable=True))

    with op.batch_alter_table("weekly_reports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notable", _json(), server_default="[]", nullable=False))
