"""staff numbers"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("staff_number", sa.String(length=40), nullable=True))
        people.create_unique_constraint("uq_people_staff_number", ["staff_number"])
