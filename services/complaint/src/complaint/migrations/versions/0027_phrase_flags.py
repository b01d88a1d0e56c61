"""phrase_flags"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"

TEXTS = ("result", "progress", "process", "answer", "call")


def upgrade() -> None:
    op.create_table(
        "phrase_flags",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column(
            "text",
            sa.Enum(*TEXTS, name="recordedtext", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("phrase", sa.String(length=60), nullable=False),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase_flags")),
    )
    with op.batch_alter_table("phrase_flags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phrase_flags_about"), ["about"], unique=False)
        batch_op.create_index("ix_phrase_flags_org_unit_id", ["org_unit", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_phrase_flags_person_id"), ["person_id"], unique=False)
