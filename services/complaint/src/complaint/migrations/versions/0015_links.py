"""links"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "case_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "related",
                "caused_by",
                "duplicate_of",
                "follow_up_of",
                "converted_from",
                name="relation",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_kind", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("source_number", sa.String(length=80), nullable=False),
        sa.Column("target_kind", sa.String(length=40), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("target_number", sa.String(length=80), nullable=False),
        sa.Column("linked_by", sa.Uuid(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["cases.id"], name=op.f("fk_case_links_source_id")),
        sa.ForeignKeyConstraint(["target_id"], ["cases.id"], name=op.f("fk_case_links_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_links")),
        sa.UniqueConstraint(
            "source_id",
            "target_id",
            "relation",
            name=op.f("uq_case_links_source_id_target_id_relation"),
        ),
    )
    with op.batch_alter_table("case_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_links_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_links_target_id"), ["target_id"], unique=False)
