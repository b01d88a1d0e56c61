"""shipment_holds"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "shipment_holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("product", sa.String(length=120), nullable=False),
        sa.Column("batch", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "in_force",
                "released",
                "refused",
                "cancelled",
                name="holdstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_shipment_holds_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_holds")),
    )
    with op.batch_alter_table("shipment_holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shipment_holds_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_shipment_holds_department_id", ["department", "id"], unique=False)
        batch_op.create_index("ix_shipment_holds_org_unit_id", ["org_unit", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shipment_holds_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("ix_shipment_holds_product_batch", ["product", "batch"], unique=False)
