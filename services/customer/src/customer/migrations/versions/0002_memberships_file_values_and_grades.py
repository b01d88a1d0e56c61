"""memberships, file values and grades"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "file_values",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column(
            "value", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_file_values_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", "field", name=op.f("pk_file_values")),
    )
    op.create_table(
        "grades",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("product", sa.String(length=60), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_grades_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", "unit", "scheme", "product", name=op.f("pk_grades")),
    )
    with op.batch_alter_table("grades", schema=None) as batch_op:
        batch_op.create_index(
            "ix_grades_unit_scheme_product_grade",
            ["unit", "scheme", "product", "grade"],
            unique=False,
        )

    op.create_table(
        "memberships",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column(
            "standing",
            sa.Enum("prospect", "entered", "exited", name="standing", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_memberships_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", "unit", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(
            "ix_memberships_unit_standing_customer_id",
            ["unit", "standing", "customer_id"],
            unique=False,
        )

    # Whoever is a customer already is entered in the customer base of his unit.
    op.execute(
        "INSERT INTO memberships (customer_id, unit, standing, owner_id, since, version)"
        " SELECT id, org_unit, 'entered', owner_id, registered_at, 1 FROM customers"
    )
