"""attachments"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

MEDIA_TYPES = ("application/pdf", "image/jpeg", "image/png", "image/webp", "image/heic")


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "media_type",
            sa.Enum(*MEDIA_TYPES, name="mediatype", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attachments_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index("ix_attachments_case_id_id", "attachments", ["case_id", "id"])
