"""classes as grades, purchases"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BATCH = 1000


def upgrade() -> None:
    op.create_table(
        "purchases",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("frequency", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_purchases_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_purchases")),
    )
    op.add_column(
        "grades", sa.Column("internal", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index(
        "ix_grades_scheme_grade_customer_id", "grades", ["scheme", "grade", "customer_id"]
    )
    op.execute(
        "INSERT INTO grades (customer_id, unit, scheme, product, grade, because, graded_at,"
        " internal, version) SELECT id, org_unit, 'size', '', size_class, size_because,"
        " registered_at, false, 1 FROM customers WHERE size_class IS NOT NULL"
    )
    _work_out_the_other_classes()
    # Not in a batch, which would make the table anew under the rows that refer to it.
    op.drop_column("customers", "size_because")
    op.drop_column("customers", "size_class")


def _work_out_the_other_classes() -> None:
    """Wake the service for each customer who may have a class of industry or tenure."""
    customers = sa.table(
        "customers",
        sa.column("id", sa.Uuid()),
        sa.column("industry"),
        sa.column("since"),
        sa.column("registered_at", sa.DateTime(timezone=True)),
    )
    # Due since he came: at once, whatever the clock of the service shows.
    wanted = sa.select(customers.c.id, customers.c.registered_at).where(
        sa.or_(customers.c.industry.is_not(None), customers.c.since.is_not(None))
    )
    connection = op.get_bind()
    waiting: list[dict[str, Any]] = []
    for id_, registered_at in connection.execute(wanted).all():
        waiting.append(_timer(id_, registered_at))
        if len(waiting) == BATCH:
            _put(connection, waiting)
    _put(connection, waiting)


def _timer(customer_id: UUID, due_at: datetime) -> dict[str, Any]:
    return {
        "kind": "grade.recount",
        "subject": f"customer/{customer_id}",
        "due_at": due_at,
        "data": {"customer_id": str(customer_id)},
    }


def _put(connection: sa.Connection, waiting: list[dict[str, Any]]) -> None:
    if waiting:
        timers = sa.table(
            "timers",
            sa.column("kind"),
            sa.column("subject"),
            sa.column("due_at", sa.DateTime(timezone=True)),
            sa.column("data", sa.JSON()),
        )
        connection.execute(sa.insert(timers), waiting)
        waiting.clear()
