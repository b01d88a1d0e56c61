"""how contacts want to hear from us"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "preferred_channel",
                sa.Enum(
                    "sms",
                    "smtp",
                    "telephone",
                    name="preferredchannel",
                    native_enum=False,
                    length=40,
                ),
                nullable=True,
            )
        )
