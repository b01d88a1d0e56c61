"""indexes in the order in which visits are listed"""

from alembic import op

revision = "0031"
down_revision = "0030"

LISTS = (("due_on",), ("org_unit", "due_on"), ("visitor_id", "due_on"))


def upgrade() -> None:
    for columns in LISTS:
        listed = "_".join(columns)
        op.create_index(f"ix_visits_{listed}_priority_id", "visits", [*columns, "priority", "id"])
        op.drop_index(f"ix_visits_{listed}_id", "visits")
