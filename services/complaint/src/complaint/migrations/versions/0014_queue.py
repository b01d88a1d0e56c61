"""queue"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

# By level, and then by the best priority that a grade gives the customer in the unit of the case or
# above it.
PLACE = """UPDATE cases SET queue_place = (99 - level) * 100 + coalesce((
    SELECT min(p.priority) FROM priorities AS p
    JOIN org_units AS above ON above.unit = p.unit
    JOIN org_units AS below ON below.unit = cases.org_unit
    WHERE p.customer_id = cases.customer_id
    AND substr(below.path, 1, length(above.path)) = above.path), 99)"""


def upgrade() -> None:
    is_open = sa.text("next_due_at IS NOT NULL")
    queued = ["queue_place", "next_due_at", "id"]
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("queue_place", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.drop_index("ix_cases_unit_next_due")
    op.execute(PLACE)
    for name, columns in (
        ("ix_cases_queue", queued),
        ("ix_cases_unit_queue", ["org_unit", *queued]),
    ):
        op.create_index(name, "cases", columns, postgresql_where=is_open, sqlite_where=is_open)
