"""encrypt what messages say"""

import json

import sqlalchemy as sa

from shared.migrating import encrypt_column

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    encrypt_column("messages", "words", sa.JSON(), write=json.dumps)
    encrypt_column("messages", "title", sa.Text())
    encrypt_column("messages", "body", sa.Text())
