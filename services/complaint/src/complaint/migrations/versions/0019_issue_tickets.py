"""issue tickets"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.add_column(sa.Column("issue_id", sa.Uuid(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_problems_issue_id"), ["issue_id"])
