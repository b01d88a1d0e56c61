"""gradings, their history, scorecards and facts"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

# What was decided on a grade is only added to, whoever is connected.
UNCHANGING = {
    "sqlite": tuple(
        f"CREATE TRIGGER grade_history_no_{act} BEFORE {act} ON grade_history BEGIN"
        " SELECT RAISE(ABORT, 'grade_history is only added to'); END"
        for act in ("update", "delete")
    ),
    "postgresql": (
        "CREATE FUNCTION grade_history_stays() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'grade_history is only added to'; END $$",
        "CREATE TRIGGER grade_history_stays BEFORE UPDATE OR DELETE ON grade_history"
        " FOR EACH ROW EXECUTE FUNCTION grade_history_stays()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "grade_places",
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("product", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("unit", "scheme", "product", name=op.f("pk_grade_places")),
    )
    op.create_table(
        "scorecards",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("product", sa.String(length=60), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column(
            "indicators", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "bands", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecards")),
    )
    with op.batch_alter_table("scorecards", schema=None) as batch_op:
        batch_op.create_index(
            "ix_scorecards_unit_scheme_effective_from",
            ["unit", "scheme", "effective_from"],
            unique=False,
        )

    op.create_table(
        "breaches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "late_payment",
                "unclaimed_goods",
                "breach",
                name="breachkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_breaches_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breaches")),
    )
    with op.batch_alter_table("breaches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breaches_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "grade_history",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("product", sa.String(length=60), nullable=False),
        sa.Column("old", sa.String(length=40), nullable=True),
        sa.Column("new", sa.String(length=40), nullable=True),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("grading_id", sa.Uuid(), nullable=True),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.String(length=200), nullable=True),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("scorecard_id", sa.Uuid(), nullable=True),
        sa.Column(
            "criteria", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column(
            "approvals", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_grade_history_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_history")),
    )
    with op.batch_alter_table("grade_history", schema=None) as batch_op:
        batch_op.create_index(
            "ix_grade_history_customer_id_decided_at",
            ["customer_id", "decided_at", "id"],
            unique=False,
        )

    op.create_table(
        "grading_facts",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "hospital_level",
            sa.Enum(
                "primary_c",
                "primary_b",
                "primary_a",
                "secondary_c",
                "secondary_b",
                "secondary_a",
                "tertiary_c",
                "tertiary_b",
                "tertiary_a",
                "tertiary_special",
                name="hospitallevel",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("beds", sa.Integer(), nullable=True),
        sa.Column("specialised", sa.Boolean(), nullable=False),
        sa.Column(
            "declared", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_grading_facts_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_grading_facts")),
    )
    op.create_table(
        "gradings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("product", sa.String(length=60), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "approvers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("scorecard_id", sa.Uuid(), nullable=True),
        sa.Column(
            "scores", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column(
            "materials", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "criteria", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "warnings", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "approvals", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("old_grade", sa.String(length=40), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "active",
                "rejected",
                "superseded",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_gradings_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gradings")),
    )
    with op.batch_alter_table("gradings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_gradings_customer_id_scheme", ["customer_id", "scheme"], unique=False
        )
        batch_op.create_index(
            "ix_gradings_unit_state_proposed_at", ["unit", "state", "proposed_at"], unique=False
        )
        batch_op.create_index(
            "uq_gradings_active",
            ["customer_id", "unit", "scheme", "product"],
            unique=True,
            postgresql_where=sa.text("state = 'active'"),
            sqlite_where=sa.text("state = 'active'"),
        )
        batch_op.create_index(
            "uq_gradings_proposed",
            ["customer_id", "unit", "scheme", "product"],
            unique=True,
            postgresql_where=sa.text("state = 'proposed'"),
            sqlite_where=sa.text("state = 'proposed'"),
        )

    for statement in UNCHANGING[op.get_bind().dialect.name]:
        op.execute(statement)
