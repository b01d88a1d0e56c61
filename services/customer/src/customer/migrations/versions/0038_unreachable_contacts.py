"""addresses at which nobody is reached"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0038"
down_revision = "0037"
FOUND = sa.text("unreachable IS NOT NULL")


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("contacts", sa.Column("unreachable", json, nullable=True))
    op.add_column(
        "contacts", sa.Column("readdressed_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_index(
        "ix_contacts_unreachable",
        "contacts",
        ["id"],
        postgresql_where=FOUND,
        sqlite_where=FOUND,
    )
