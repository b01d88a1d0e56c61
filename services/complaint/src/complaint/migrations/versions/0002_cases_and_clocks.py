"""cases_and_clocks

What every kind of case has moves into a table of its own. The clocks of open complaints are counted
anew by a timer, since only the service knows the packs that say how.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


MOVED = """
INSERT INTO cases (id, kind, number, org_unit, channel, received_at, customer_id, level, handler_id,
                   filed_by, filed_at, version)
SELECT id, 'complaint', number, org_unit, channel, received_at, customer_id, level, handler_id,
       filed_by, filed_at, version
FROM complaints
"""
complaints = sa.table(
    "complaints",
    sa.column("id", sa.Uuid()),
    sa.column("state", sa.String()),
    sa.column("filed_at", sa.DateTime(timezone=True)),
)
timers = sa.table(
    "timers",
    sa.column("kind", sa.String()),
    sa.column("subject", sa.String()),
    sa.column("due_at", sa.DateTime(timezone=True)),
    sa.column("data", sa.JSON()),
    sa.column("attempts", sa.Integer()),
    sa.column("parked", sa.Boolean()),
)


def _wake_open_complaints() -> None:
    connection = op.get_bind()
    connection.execute(sa.delete(timers).where(timers.c.kind.like("first_contact.%")))
    found = sa.select(complaints.c.id, complaints.c.filed_at)
    rows = [
        {
            "kind": "clocks.recount",
            "subject": f"complaint/{row.id}",
            "due_at": row.filed_at,
            "data": {"reason": "calendar", "tries": 0},
            "attempts": 0,
            "parked": False,
        }
        for row in connection.execute(found.where(complaints.c.state != "archived"))
    ]
    if rows:
        connection.execute(sa.insert(timers), rows)


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("org_unit", sa.String(length=60), nullable=False),
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
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("handler_id", sa.Uuid(), nullable=False),
        sa.Column("taken_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_by", sa.Uuid(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("org_unit", "number", name=op.f("uq_cases_org_unit_number")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index("ix_cases_unit_next_due", ["org_unit", "next_due_at"], unique=False)

    op.create_table(
        "clocks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "name",
            sa.Enum(
                "first_contact",
                "hand_over",
                "reply",
                "progress_contact",
                "satisfaction",
                "review",
                "decision",
                "archive",
                name="clockname",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "rules", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "events", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("deadline_rule", sa.Integer(), nullable=False),
        sa.Column("deadline_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_warn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_provisional", sa.Boolean(), nullable=False),
        sa.Column("deadline_hard", sa.Boolean(), nullable=False),
        sa.Column("deadline_supervisor_tier", sa.Integer(), nullable=True),
        sa.Column(
            "deadline_because",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("hard_deadline_rule", sa.Integer(), nullable=True),
        sa.Column("hard_deadline_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hard_deadline_warn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hard_deadline_provisional", sa.Boolean(), nullable=True),
        sa.Column("hard_deadline_hard", sa.Boolean(), nullable=True),
        sa.Column("hard_deadline_supervisor_tier", sa.Integer(), nullable=True),
        sa.Column(
            "hard_deadline_because",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
        ),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_time", sa.Boolean(), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("breached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hard_breached_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_clocks_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clocks")),
        sa.UniqueConstraint("case_id", "name", "round", name=op.f("uq_clocks_case_id_name_round")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
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
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_messages_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_messages_case_id"), ["case_id"], unique=False)

    op.create_table(
        "pauses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "waiting_for_customer",
                "waiting_for_supplier",
                "expert_report",
                "force_majeure",
                name="pausereason",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ended_by",
            sa.Enum(
                "time_up",
                "resumed",
                "customer_spoke",
                "work_went_on",
                name="pauseend",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_pauses_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pauses")),
    )
    with op.batch_alter_table("pauses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pauses_case_id"), ["case_id"], unique=False)

    op.create_table(
        "progress_contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "method",
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
            nullable=False,
        ),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_progress_contacts_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_contacts")),
    )
    with op.batch_alter_table("progress_contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_contacts_case_id"), ["case_id"], unique=False)

    op.execute(MOVED)
    _wake_open_complaints()
    with op.batch_alter_table("assignees", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_assignees_complaint_id"), type_="foreignkey")
        batch_op.alter_column("complaint_id", new_column_name="case_id")
    with op.batch_alter_table("assignees", schema=None) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_assignees_case_id"), "cases", ["case_id"], ["id"]
        )

    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaints_customer_id"))
        batch_op.drop_index(batch_op.f("ix_complaints_unit_state"))
        batch_op.drop_constraint(batch_op.f("uq_complaints_org_unit_number"), type_="unique")
        batch_op.create_index("ix_complaints_state", ["state"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_complaints_id"), "cases", ["id"], ["id"])
        batch_op.drop_column("channel")
        batch_op.drop_column("filed_at")
        batch_op.drop_column("number")
        batch_op.drop_column("first_contact_warn_at")
        batch_op.drop_column("level")
        batch_op.drop_column("first_contact_on_time")
        batch_op.drop_column("first_contact_because")
        batch_op.drop_column("first_contact_provisional")
        batch_op.drop_column("first_contact_supervisor_tier")
        batch_op.drop_column("first_contact_made_at")
        batch_op.drop_column("first_contact_due_at")
        batch_op.drop_column("org_unit")
        batch_op.drop_column("version")
        batch_op.drop_column("handler_id")
        batch_op.drop_column("customer_id")
        batch_op.drop_column("first_contact_breached_at")
        batch_op.drop_column("received_at")
        batch_op.drop_column("first_contact_hard")
        batch_op.drop_column("filed_by")
