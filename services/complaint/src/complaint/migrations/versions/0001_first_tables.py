"""first tables"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    # The service's own tables first, then those that every service carries.
    op.create_table(
        "complaints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
        sa.Column(
            "complainant",
            sa.Enum("consumer", "franchisee", name="complainant", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "hotline",
                "telephone",
                "sms",
                "letter",
                "fax",
                "email",
                "mailbox",
                "network_platform",
                "in_person",
                "other",
                name="channel",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "about",
            sa.Enum(
                "product_quality",
                "batch_new_product_quality",
                "shop_attitude",
                "shop_service",
                "regional_service",
                "delivery",
                "freight",
                "policy",
                "department_inaction",
                "other",
                name="subject",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("complainant_name", sa.String(length=120), nullable=True),
        sa.Column("complainant_phone", sa.String(length=40), nullable=True),
        sa.Column("reported_to_12315", sa.Boolean(), nullable=False),
        sa.Column("repeat_of", sa.Uuid(), nullable=True),
        sa.Column(
            "suggestion", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("handler_id", sa.Uuid(), nullable=False),
        sa.Column("first_contact_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_contact_warn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_contact_provisional", sa.Boolean(), nullable=False),
        sa.Column("first_contact_hard", sa.Boolean(), nullable=False),
        sa.Column("first_contact_supervisor_tier", sa.Integer(), nullable=False),
        sa.Column(
            "first_contact_because",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("first_contact_made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_contact_on_time", sa.Boolean(), nullable=True),
        sa.Column("first_contact_breached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_by", sa.Uuid(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "contacted",
                "in_progress",
                "result_told",
                "awaiting_review",
                "reviewed",
                "gm_meeting",
                "decided",
                "archived",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["repeat_of"], ["complaints.id"], name=op.f("fk_complaints_repeat_of")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("org_unit", "number", name=op.f("uq_complaints_org_unit_number")),
    )
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaints_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index("ix_complaints_unit_state", ["org_unit", "state"], unique=False)

    op.create_table(
        "staff",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("superior_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_staff")),
    )
    op.create_table(
        "assignees",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_assignees_complaint_id")
        ),
        sa.PrimaryKeyConstraint("complaint_id", "person_id", name=op.f("pk_assignees")),
    )
    with op.batch_alter_table("assignees", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignees_person_id"), ["person_id"], unique=False)

    op.create_table(
        "field_works",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("requirements", sa.Text(), nullable=False),
        sa.Column("reply_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "progress",
            sa.Enum(
                "requested",
                "opened",
                "issued",
                "completed",
                "called_back",
                name="progress",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("work_order_id", sa.Uuid(), nullable=True),
        sa.Column("order_no", sa.String(length=80), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_field_works_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_works")),
    )
    with op.batch_alter_table("field_works", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_field_works_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "forms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("form_no", sa.String(length=100), nullable=False),
        sa.Column("previous_form_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("handler_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("course", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("shop_and_persons", sa.String(length=200), nullable=True),
        sa.Column("product", sa.String(length=120), nullable=True),
        sa.Column("product_code", sa.String(length=60), nullable=True),
        sa.Column("other_contacts", sa.String(length=200), nullable=True),
        sa.Column("agent_name", sa.String(length=120), nullable=True),
        sa.Column("agent_relation", sa.String(length=60), nullable=True),
        sa.Column("respondent_department", sa.String(length=120), nullable=True),
        sa.Column("respondent_person", sa.String(length=120), nullable=True),
        sa.Column("raise_reason", sa.Text(), nullable=True),
        sa.Column("contacted_by", sa.Uuid(), nullable=True),
        sa.Column("told_result", sa.Text(), nullable=True),
        sa.Column("told_by", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_scale", sa.String(length=40), nullable=True),
        sa.Column("answer_code", sa.Integer(), nullable=True),
        sa.Column("answer_normalised", sa.Integer(), nullable=True),
        sa.Column("answer_accepted", sa.Boolean(), nullable=True),
        sa.Column(
            "answer_because",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
        ),
        sa.Column("answer_asked_by", sa.Uuid(), nullable=True),
        sa.Column("answer_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "answer_method",
            sa.Enum(
                "telephone",
                "sms",
                "email",
                "letter",
                "network_platform",
                "in_person",
                name="method",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer_evidence", sa.Text(), nullable=True),
        sa.Column("review_by", sa.Uuid(), nullable=True),
        sa.Column("review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_opinion", sa.Text(), nullable=True),
        sa.Column("decision_by", sa.Uuid(), nullable=True),
        sa.Column("decision_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        sa.Column("archived_by", sa.Uuid(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_forms_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_form_id"], ["forms.id"], name=op.f("fk_forms_previous_form_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forms")),
        sa.UniqueConstraint(
            "complaint_id", "position", name=op.f("uq_forms_complaint_id_position")
        ),
    )
    op.create_table(
        "staff_posts",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["staff.person_id"], name=op.f("fk_staff_posts_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "unit", "role", name=op.f("pk_staff_posts")),
    )
    with op.batch_alter_table("staff_posts", schema=None) as batch_op:
        batch_op.create_index("ix_staff_posts_role", ["role", "unit"], unique=False)

    op.create_table(
        "audit",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column(
            "detail", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_subject_position", ["subject", "position"], unique=False)

    op.create_table(
        "event_sequences",
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_event_sequences")),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("principal", sa.String(length=80), nullable=False),
        sa.Column("route", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column(
            "headers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", "principal", name=op.f("pk_idempotency_keys")),
    )
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.String(length=200), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("subject", "sequence", name=op.f("uq_inbox_subject_sequence")),
    )
    op.create_table(
        "inbox_quarantine",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "properties", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_inbox_quarantine")),
        sa.UniqueConstraint("digest", name=op.f("uq_inbox_quarantine_digest")),
    )
    op.create_table(
        "inbox_subjects",
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("applied", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gap_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_inbox_subjects")),
    )
    with op.batch_alter_table("inbox_subjects", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_subjects_due",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("due_at IS NOT NULL"),
            sqlite_where=sa.text("due_at IS NOT NULL"),
        )

    op.create_table(
        "journal",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "because", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_subject_position", ["subject", "position"], unique=False)

    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(length=120), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_number_series")),
    )
    op.create_table(
        "org_units",
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("parent", sa.String(length=60), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("path", sa.String(length=600), nullable=False),
        sa.Column(
            "calendar", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.PrimaryKeyConstraint("unit", name=op.f("pk_org_units")),
    )
    with op.batch_alter_table("org_units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_org_units_path"), ["path"], unique=False)

    op.create_table(
        "outbox",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbox")),
        sa.UniqueConstraint("event_id", name=op.f("uq_outbox_event_id")),
        sa.UniqueConstraint("subject", "sequence", name=op.f("uq_outbox_subject_sequence")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_unpublished",
            ["position"],
            unique=False,
            postgresql_where=sa.text("published_at IS NULL"),
            sqlite_where=sa.text("published_at IS NULL"),
        )

    op.create_table(
        "pack_activations",
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column(
            "packs", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("unit", "effective_from", name=op.f("pk_pack_activations")),
    )
    op.create_table(
        "policy_packs",
        sa.Column("pack", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column(
            "document", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("pack", "version", name=op.f("pk_policy_packs")),
        sa.UniqueConstraint("id", name=op.f("uq_policy_packs_id")),
    )
    op.create_table(
        "timers",
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("last_error", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_timers")),
    )
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_timers_due",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("NOT parked"),
            sqlite_where=sa.text("NOT parked"),
        )

    # What housekeeping and the watch look for.
    for name, table, column, condition in (
        ("ix_outbox_published", "outbox", "published_at", "published_at IS NOT NULL"),
        ("ix_inbox_done", "inbox", "handled_at", "handled_at IS NOT NULL"),
        ("ix_inbox_subjects_gap", "inbox_subjects", "gap_since", "gap_since IS NOT NULL"),
        ("ix_inbox_subjects_parked", "inbox_subjects", "subject", "parked"),
    ):
        where: Any = {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}
        op.create_index(name, table, [column], unique=False, **where)
    op.create_index("ix_idempotency_keys_created", "idempotency_keys", ["created_at"])
