"""encrypt the addresses of the staff"""

import json

import sqlalchemy as sa

from shared.migrating import encrypt_column

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    encrypt_column("people", "addresses", sa.JSON(), write=json.dumps)
