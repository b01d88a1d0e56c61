"""care calendar"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
AT = sa.DateTime(timezone=True)
UNIT = sa.String(length=60)
ACTOR = sa.String(length=80)
OPEN = "state IN ('proposed', 'approved')"


def upgrade() -> None:
    op.add_column("contacts", sa.Column("customer_since", sa.Date(), nullable=True))
    op.create_index("ix_contacts_circle", "contacts", ["org_unit", "zone", "id"])
    _told()
    _kept()
    _tasks()


def _told() -> None:
    """What customer and dispatch tell."""
    op.create_table(
        "customer_standings",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("classes", JSON, nullable=False),
        sa.Column("grades", JSON, nullable=False),
        sa.Column("key_units", JSON, nullable=False),
        sa.Column("left_units", JSON, nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name="pk_customer_standings"),
    )
    op.create_table(
        "staff_posts",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("unit", UNIT, nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "unit", "role", name="pk_staff_posts"),
    )
    op.create_index("ix_staff_posts_role", "staff_posts", ["role"])


def _kept() -> None:
    """Circles, dates and consents of contacts."""
    op.create_table(
        "care_circles",
        sa.Column("unit", UNIT, nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("unit", "zone", name="pk_care_circles"),
    )
    op.create_table(
        "care_dates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", UNIT, nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("day", JSON, nullable=False),
        sa.Column("recorded_by", ACTOR, nullable=False),
        sa.Column("recorded_at", AT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_care_dates"),
    )
    op.create_table(
        "promotion_consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", UNIT, nullable=False),
        sa.Column("topics", JSON, nullable=False),
        sa.Column("form", sa.String(length=200), nullable=False),
        sa.Column("wording", sa.String(length=60), nullable=False),
        sa.Column("given_at", AT, nullable=False),
        sa.Column("recorded_by", ACTOR, nullable=False),
        sa.Column("withdrawn_at", AT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_promotion_consents"),
    )
    for table in ("care_dates", "promotion_consents"):
        for column in ("contact_id", "org_unit"):
            op.create_index(f"ix_{table}_{column}", table, [column])


def _tasks() -> None:
    op.create_table(
        "care_tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", UNIT, nullable=False),
        sa.Column(
            "action",
            sa.Enum("gift", "call", name="action", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("responsible_id", sa.Uuid(), nullable=True),
        sa.Column("approvers", JSON, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("because", JSON, nullable=False),
        sa.Column("opened_at", AT, nullable=False),
        sa.Column("lapses_at", AT, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "declined",
                "done",
                "lapsed",
                name="taskstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", ACTOR, nullable=True),
        sa.Column("decided_at", AT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("done_by", ACTOR, nullable=True),
        sa.Column("done_at", AT, nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_care_tasks"),
        sa.UniqueConstraint(
            "subject",
            "occasion",
            "year",
            "action",
            name="uq_care_tasks_subject_occasion_year_action",
        ),
    )
    for column in ("contact_id", "org_unit", "responsible_id"):
        op.create_index(f"ix_care_tasks_{column}", "care_tasks", [column])
    op.create_index(
        "ix_care_tasks_open",
        "care_tasks",
        ["customer_id"],
        postgresql_where=sa.text(OPEN),
        sqlite_where=sa.text(OPEN),
    )
