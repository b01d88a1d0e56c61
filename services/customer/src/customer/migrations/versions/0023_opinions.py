"""summaries of opinions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "opinion_summaries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("units", json, nullable=False),
        sa.Column("activities", json, nullable=False),
        sa.Column("sections", json, nullable=False),
        sa.Column("because", json, nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "analysed",
                "action_requested",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("delegate_id", sa.Uuid(), nullable=True),
        sa.Column("analysis", sa.Text(), nullable=True),
        sa.Column("analysed_by", sa.Uuid(), nullable=True),
        sa.Column("analysed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column(
            "action_kind",
            sa.Enum("corrective", "preventive", name="actionkind", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("action_reason", sa.String(length=40), nullable=True),
        sa.Column("action_due_on", sa.Date(), nullable=True),
        sa.Column("action_requested_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_summaries")),
        sa.UniqueConstraint(
            "org_unit", "period_from", name=op.f("uq_opinion_summaries_org_unit_period_from")
        ),
    )
    op.add_column("visits", sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_visits_org_unit_reported_at_id", "visits", ["org_unit", "reported_at", "id"]
    )
    # Of earlier reports the day of the visit alone is known.
    op.execute("UPDATE visits SET reported_at = completed_on WHERE state = 'done'")
