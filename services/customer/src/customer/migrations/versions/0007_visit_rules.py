"""visit rules"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    still_open = sa.text("state IN ('planned', 'due', 'overdue')")
    open_ones: dict[str, Any] = {"postgresql_where": still_open, "sqlite_where": still_open}
    with op.batch_alter_table("visits", schema=None) as batch_op:
        # Every visit so far was one of the customer-service team.
        batch_op.add_column(
            sa.Column(
                "role",
                sa.String(length=60),
                nullable=False,
                server_default="customer_service_team",
            )
        )
        batch_op.add_column(
            sa.Column(
                "mode",
                sa.Enum(
                    "telephone",
                    "email",
                    "on_site",
                    "video",
                    "conference",
                    name="visitmode",
                    native_enum=False,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.drop_index(batch_op.f("ix_visits_customer_id_activity_completed_on"))
        batch_op.drop_index(batch_op.f("uq_visits_open"), **open_ones)
        batch_op.create_index(
            "uq_visits_open",
            ["customer_id", "org_unit", "activity", "role"],
            unique=True,
            **open_ones,
        )
        batch_op.create_index("ix_visits_customer_id_state", ["customer_id", "state"], unique=False)

    op.create_table(
        "visit_credits",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_visit_credits_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_visit_credits_visit_id")
        ),
        sa.PrimaryKeyConstraint(
            "customer_id", "unit", "activity", "role", name=op.f("pk_visit_credits")
        ),
    )
    # The last visit of each activity counts for the rule that asked for it.
    op.execute(
        "INSERT INTO visit_credits (customer_id, unit, activity, role, visited_on, visit_id)"
        " SELECT customer_id, org_unit, activity, role, completed_on, id FROM ("
        " SELECT customer_id, org_unit, activity, role, completed_on, id, row_number() OVER"
        " (PARTITION BY customer_id, org_unit, activity, role ORDER BY completed_on DESC, id)"
        " AS place FROM visits WHERE state = 'done') AS made WHERE place = 1"
    )
