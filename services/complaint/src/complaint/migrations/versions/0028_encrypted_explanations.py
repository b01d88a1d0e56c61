"""encrypt how a complainant reaches the handler"""

import sqlalchemy as sa

from shared.migrating import encrypt_column

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    encrypt_column("process_explanations", "contact", sa.String(200))
