"""the log of printed work orders"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"

# Of a print that stands in the log nothing changes but the key under which its sheet is encrypted.
CHANGED = (
    "NOT (NEW.id = OLD.id AND NEW.work_order_id = OLD.work_order_id AND NEW.number = OLD.number"
    " AND NEW.part = OLD.part AND NEW.copy_no = OLD.copy_no AND NEW.language = OLD.language"
    " AND NEW.printed_at = OLD.printed_at AND NEW.printed_by = OLD.printed_by"
    " AND NEW.digest = OLD.digest AND NEW.because = OLD.because)"
)
UNCHANGING = {
    "sqlite": (
        f"CREATE TRIGGER prints_no_update BEFORE UPDATE ON prints WHEN ({CHANGED})"
        " BEGIN SELECT RAISE(ABORT, 'prints is only added to'); END",
        "CREATE TRIGGER prints_no_delete BEFORE DELETE ON prints"
        " BEGIN SELECT RAISE(ABORT, 'prints is only added to'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION prints_stays() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'prints is only added to'; END $$",
        "CREATE TRIGGER prints_no_update BEFORE UPDATE ON prints"
        f" FOR EACH ROW WHEN ({CHANGED}) EXECUTE FUNCTION prints_stays()",
        "CREATE TRIGGER prints_no_delete BEFORE DELETE ON prints"
        " FOR EACH ROW EXECUTE FUNCTION prints_stays()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "prints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("stub", "copy", name="part", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("copy_no", sa.Integer(), nullable=False),
        sa.Column(
            "language",
            sa.Enum("zh-CN", "en", name="language", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_by", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_order_id"], ["work_orders.id"], name=op.f("fk_prints_work_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prints")),
        sa.UniqueConstraint(
            "work_order_id", "part", "copy_no", name=op.f("uq_prints_work_order_id_part_copy_no")
        ),
    )
    for statement in UNCHANGING[op.get_bind().dialect.name]:
        op.execute(statement)
