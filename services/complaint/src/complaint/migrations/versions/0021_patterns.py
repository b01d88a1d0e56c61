"""patterns"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"


COMPLAINTS = """
INSERT INTO pattern_marks (case_id, org_unit, category, product, filed_at)
SELECT cases.id, cases.org_unit, complaints.about,
       lower(trim(substr(coalesce(forms.product_code, forms.product, ''), 1, 120))), cases.filed_at
FROM cases
JOIN complaints ON complaints.id = cases.id
JOIN forms ON forms.complaint_id = cases.id
WHERE forms.position = (
    SELECT max(position) FROM forms AS later WHERE later.complaint_id = cases.id
)
"""
PROBLEMS = """
INSERT INTO pattern_marks (case_id, org_unit, category, product, filed_at)
SELECT cases.id, cases.org_unit, problems.source, lower(trim(coalesce(problems.product, ''))),
       cases.filed_at
FROM cases
JOIN problems ON problems.id = cases.id
"""


def upgrade() -> None:
    op.create_table(
        "patterns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("product", sa.String(length=120), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patterns")),
    )
    with op.batch_alter_table("patterns", schema=None) as batch_op:
        batch_op.create_index("ix_patterns_department_id", ["department", "id"], unique=False)
        batch_op.create_index("ix_patterns_org_unit_id", ["org_unit", "id"], unique=False)
        batch_op.create_index(
            "uq_patterns_open",
            ["org_unit", "category", "product"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "pattern_marks",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("product", sa.String(length=120), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pattern_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_pattern_marks_case_id")),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["patterns.id"], name=op.f("fk_pattern_marks_pattern_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_pattern_marks")),
    )
    with op.batch_alter_table("pattern_marks", schema=None) as batch_op:
        batch_op.create_index(
            "ix_pattern_marks_alike", ["category", "product", "filed_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_pattern_marks_pattern_id"), ["pattern_id"], unique=False
        )

    op.execute(COMPLAINTS)
    op.execute(PROBLEMS)
