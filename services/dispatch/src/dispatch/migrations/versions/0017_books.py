"""books of blank orders"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
AT = sa.DateTime(timezone=True)
STATES = ("in_stock", "issued", "returned", "counted", "closed", "written_off")
KINDS = ("purchased", "issued", "handed_over", "returned", "counted", "closed", "written_off")
UNCHANGING = {
    "sqlite": (
        "CREATE TRIGGER book_movements_no_update BEFORE UPDATE ON book_movements"
        " BEGIN SELECT RAISE(ABORT, 'book_movements is only added to'); END",
        "CREATE TRIGGER book_movements_no_delete BEFORE DELETE ON book_movements"
        " BEGIN SELECT RAISE(ABORT, 'book_movements is only added to'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION book_movements_stays() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'book_movements is only added to'; END $$",
        "CREATE TRIGGER book_movements_no_update BEFORE UPDATE ON book_movements"
        " FOR EACH ROW EXECUTE FUNCTION book_movements_stays()",
        "CREATE TRIGGER book_movements_no_delete BEFORE DELETE ON book_movements"
        " FOR EACH ROW EXECUTE FUNCTION book_movements_stays()",
    ),
}


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "books",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("book_no", sa.String(length=12), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("last_page", sa.Integer(), nullable=False),
        sa.Column("purchased_at", AT, nullable=False),
        sa.Column("state", choice("bookstate", STATES), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("holdings", JSON, nullable=False),
        sa.Column("issued_at", AT, nullable=True),
        sa.Column("returned_at", AT, nullable=True),
        sa.Column("counted", JSON, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_books")),
        sa.UniqueConstraint("org_unit", "book_no", name=op.f("uq_books_org_unit_book_no")),
    )
    op.create_index("ix_books_org_unit_state", "books", ["org_unit", "state"])
    op.create_index("ix_books_holder_id_state", "books", ["holder_id", "state"])
    op.create_table(
        "book_pages",
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("page_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("use", choice("pageuse", ("order", "void")), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_at", AT, nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["books.id"], name=op.f("fk_book_pages_book_id")),
        sa.ForeignKeyConstraint(
            ["work_order_id"], ["work_orders.id"], name=op.f("fk_book_pages_work_order_id")
        ),
        sa.PrimaryKeyConstraint("book_id", "page_no", name=op.f("pk_book_pages")),
        sa.UniqueConstraint("work_order_id", name=op.f("uq_book_pages_work_order_id")),
    )
    _ledger()
    with op.batch_alter_table("work_orders", schema=None) as orders:
        orders.add_column(sa.Column("book_no", sa.String(length=12), nullable=True))
        orders.add_column(sa.Column("page_no", sa.Integer(), nullable=True))
    with op.batch_alter_table("breaches", schema=None) as breaches:
        breaches.alter_column("work_order_id", existing_type=sa.Uuid(), nullable=True)
        breaches.add_column(sa.Column("book_id", sa.Uuid(), nullable=True))
        breaches.create_foreign_key(op.f("fk_breaches_book_id"), "books", ["book_id"], ["id"])
        breaches.create_index(
            "ix_breaches_book_id_code_person_id",
            ["book_id", "code", "person_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        breaches.create_check_constraint(
            op.f("ck_breaches_one_subject"), "(work_order_id IS NULL) <> (book_id IS NULL)"
        )


def _ledger() -> None:
    op.create_table(
        "book_movements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("kind", choice("movementkind", KINDS), nullable=False),
        sa.Column("state", choice("bookstate", STATES), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("recorded_at", AT, nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["book_id"], ["books.id"], name=op.f("fk_book_movements_book_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_movements")),
    )
    op.create_index("ix_book_movements_book_id", "book_movements", ["book_id"])
    op.create_index("ix_book_movements_month_org_unit", "book_movements", ["month", "org_unit"])
    for statement in UNCHANGING[op.get_bind().dialect.name]:
        op.execute(statement)
