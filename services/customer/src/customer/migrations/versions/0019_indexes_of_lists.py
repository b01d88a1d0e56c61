"""indexes of lists"""

from alembic import op

revision = "0019"
down_revision = "0018"

# A small unit among large ones is a rare value, of which PostgreSQL counts too few by itself.
UNITS = {"memberships": "unit", "customers": "org_unit", "visits": "org_unit"}


def upgrade() -> None:
    op.create_index("ix_memberships_unit_customer_id", "memberships", ["unit", "customer_id"])
    op.create_index("ix_customers_org_unit_id", "customers", ["org_unit", "id"])
    op.drop_index("ix_customers_org_unit", "customers")
    op.create_index("ix_visits_due_on_id", "visits", ["due_on", "id"])
    op.create_index("ix_visits_org_unit_due_on_id", "visits", ["org_unit", "due_on", "id"])
    op.create_index("ix_visits_visitor_id_due_on_id", "visits", ["visitor_id", "due_on", "id"])
    op.drop_index("ix_visits_org_unit", "visits")
    if op.get_bind().dialect.name == "postgresql":
        for table, column in UNITS.items():
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 1000")
