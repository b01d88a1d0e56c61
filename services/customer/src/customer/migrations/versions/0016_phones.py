"""find customers by the telephone numbers of their contacts"""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_index("ix_contacts_phone", "contacts", ["phone"])
