"""encrypt the addresses of contacts"""

import json

import sqlalchemy as sa

from shared.migrating import encrypt_column

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    encrypt_column("contacts", "addresses", sa.JSON(), write=json.dumps)
