"""tracking codes"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    _let_nobody_have_filed()
    op.create_table(
        "trackings",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("request_index", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_trackings_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_trackings")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_trackings_code_digest")),
        sa.UniqueConstraint("request_index", name=op.f("uq_trackings_request_index")),
    )
    op.create_table(
        "call_buckets",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("bucket", sa.Integer(), nullable=False),
        sa.Column("empty_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "bucket", name=op.f("pk_call_buckets")),
    )


def _let_nobody_have_filed() -> None:
    """SQLite cannot change a column in place, nor make a table anew to which others refer."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("cases", "filed_by", nullable=True)
        return
    op.add_column("cases", sa.Column("filed_by_anybody", sa.Uuid()))
    cases = sa.table("cases", sa.column("filed_by"), sa.column("filed_by_anybody"))
    op.execute(sa.update(cases).values(filed_by_anybody=cases.c.filed_by))
    op.drop_column("cases", "filed_by")
    op.alter_column("cases", "filed_by_anybody", new_column_name="filed_by")
