"""interested parties of services"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "interested_parties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("service", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("interest", sa.Text(), nullable=False),
        sa.Column("identified_by", sa.Uuid(), nullable=False),
        sa.Column("identified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("requirements", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "identified", "recorded", "archived", name="state", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("configuration_item", sa.String(length=80), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archive_reference", sa.String(length=120), nullable=True),
        sa.Column("archived_by", sa.Uuid(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_interested_parties_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interested_parties")),
    )
    with op.batch_alter_table("interested_parties", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interested_parties_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index("ix_interested_parties_org_unit_id", ["org_unit", "id"], unique=False)
