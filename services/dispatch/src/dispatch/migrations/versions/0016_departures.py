"""departures"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

REASONS = (
    "resigned",
    "dismissed",
    "contract_ended",
    "retired",
    "deceased",
    "other",
    "unsaid",
)
STATES = ("announced", "done", "withdrawn")


def _enum(values: tuple[str, ...], name: str) -> "sa.Enum":
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "departures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", _enum(REASONS, "reason"), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_by", sa.String(length=80), nullable=False),
        sa.Column("state", _enum(STATES, "departurestate"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_departures_person_id")),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["people.id"], name=op.f("fk_departures_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departures")),
    )
    op.create_index("ix_departures_person_id", "departures", ["person_id"])
