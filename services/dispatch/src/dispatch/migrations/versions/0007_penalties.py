"""penalties"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

STATES = ("proposed", "withdrawn", "confirmed", "waived", "posted")


def upgrade() -> None:
    op.create_table(
        "penalties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("lowest", sa.BigInteger(), nullable=False),
        sa.Column("highest", sa.BigInteger(), nullable=False),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("cause", sa.String(length=80), nullable=True),
        sa.Column("hard", sa.Boolean(), nullable=True),
        sa.Column("quantity", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="penaltystate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("posted_by", sa.Uuid(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalties")),
        sa.UniqueConstraint(
            "about",
            "rule",
            "code",
            "person_id",
            "occurred_on",
            name=op.f("uq_penalties_about_rule_code_person_id_occurred_on"),
        ),
    )
    op.create_index("ix_penalties_person_id", "penalties", ["person_id"])
    op.create_index("ix_penalties_month_state", "penalties", ["month", "state"])
