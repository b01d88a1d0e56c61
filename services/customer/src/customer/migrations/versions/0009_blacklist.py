"""blacklists, returns from them, and filings"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:

    op.create_table(
        "blacklist_filings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum("department", "company", name="scope", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column(
            "entry_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("filed_by", sa.String(length=80), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt_no", sa.String(length=80), nullable=True),
        sa.Column("received_by", sa.String(length=80), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blacklist_filings")),
        sa.UniqueConstraint("receipt_no", name=op.f("uq_blacklist_filings_receipt_no")),
    )
    with op.batch_alter_table("blacklist_filings", schema=None) as batch_op:
        batch_op.create_index("ix_blacklist_filings_org_unit_id", ["org_unit", "id"], unique=False)

    op.create_table(
        "blacklist_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum("department", "company", name="scope", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reported",
                "verified",
                "listed",
                "expired",
                "return_review",
                "lifted",
                "dismissed",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("loss_amount", sa.BigInteger(), nullable=True),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("reported_by", sa.String(length=80), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_by", sa.String(length=80), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("dismissed_reason", sa.Text(), nullable=True),
        sa.Column("listed_by", sa.String(length=80), nullable=True),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("shortened_reason", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "exited_units", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_blacklist_entries_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blacklist_entries")),
    )
    with op.batch_alter_table("blacklist_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_blacklist_entries_customer_id_state", ["customer_id", "state"], unique=False
        )
        batch_op.create_index("ix_blacklist_entries_org_unit_id", ["org_unit", "id"], unique=False)
        batch_op.create_index(
            "ix_blacklist_entries_scope_state_id", ["scope", "state", "id"], unique=False
        )
        batch_op.create_index(
            "uq_blacklist_entries_company",
            ["customer_id"],
            unique=True,
            postgresql_where=sa.text(
                "scope = 'company' AND state IN "
                "('reported', 'verified', 'listed', 'expired', 'return_review')"
            ),
            sqlite_where=sa.text(
                "scope = 'company' AND state IN "
                "('reported', 'verified', 'listed', 'expired', 'return_review')"
            ),
        )
        batch_op.create_index(
            "uq_blacklist_entries_department",
            ["customer_id", "org_unit"],
            unique=True,
            postgresql_where=sa.text(
                "scope = 'department' AND state IN "
                "('reported', 'verified', 'listed', 'expired', 'return_review')"
            ),
            sqlite_where=sa.text(
                "scope = 'department' AND state IN "
                "('reported', 'verified', 'listed', 'expired', 'return_review')"
            ),
        )

    op.create_table(
        "blacklist_returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.String(length=80), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "verdicts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.Column("reviewed_by", sa.String(length=80), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("company_by", sa.String(length=80), nullable=True),
        sa.Column("company_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("department_by", sa.String(length=80), nullable=True),
        sa.Column("department_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_reason", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_blacklist_returns_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["blacklist_entries.id"], name=op.f("fk_blacklist_returns_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blacklist_returns")),
    )
    with op.batch_alter_table("blacklist_returns", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_blacklist_returns_entry_id"), ["entry_id"], unique=False
        )
        batch_op.create_index(
            "uq_blacklist_returns_open",
            ["entry_id"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
