"""encrypt the telephone numbers and mail addresses of contacts"""

import sqlalchemy as sa
from alembic import op

from shared.migrating import encrypt_column

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.drop_index("ix_contacts_phone", "contacts")
    op.add_column("contacts", sa.Column("phone_index", sa.LargeBinary(length=16)))
    encrypt_column("contacts", "phone", sa.String(20))
    encrypt_column("contacts", "email", sa.String(254))
    op.create_index("ix_contacts_phone_index", "contacts", ["phone_index"])
