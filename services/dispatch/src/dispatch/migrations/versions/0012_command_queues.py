"""queues of commands that are given in dead spots"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

COMMANDS = (
    "revise",
    "issue",
    "accept",
    "start",
    "report_progress",
    "report_unable",
    "complete",
    "call_back",
    "sign",
    "archive",
    "reassign",
    "insist",
    "insist_on_acceptance",
    "refer_up",
    "cancel",
    "record_breach",
    "open_sign_off",
    "client_sign",
)
CHANGES = (
    "given_anew",
    "handed_on",
    "revised",
    "accepted",
    "started",
    "progress_reported",
    "unable_reported",
    "referred",
    "decided",
    "cancelled",
    "client_signed",
    "completed",
    "closed",
    "altered",
)


def upgrade() -> None:
    _changes()
    _queues()
    _commands()


def _changes() -> None:
    op.create_table(
        "work_order_changes",
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change", _word("change", CHANGES), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("receiver_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["work_order_id"],
            ["work_orders.id"],
            name=op.f("fk_work_order_changes_work_order_id"),
        ),
        sa.PrimaryKeyConstraint(
            "work_order_id", "version", "change", name=op.f("pk_work_order_changes")
        ),
    )


def _queues() -> None:
    op.create_table(
        "command_queues",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_command_queues_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_command_queues")),
    )
    op.create_index("ix_command_queues_person_id", "command_queues", ["person_id"])


def _commands() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "queued_commands",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("command", _word("command", COMMANDS), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("client_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column(
            "outcome",
            _word("outcome", ("waiting", "applied", "conflict", "refused")),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("order_version", sa.Integer(), nullable=True),
        sa.Column("problem", json, nullable=True),
        sa.Column("standing", json, nullable=True),
        sa.Column("resolution", _word("resolution", ("drop", "send_again")), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["command_queues.id"], name=op.f("fk_queued_commands_device_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queued_commands")),
        sa.UniqueConstraint(
            "device_id", "sequence", name=op.f("uq_queued_commands_device_id_sequence")
        ),
    )
    op.create_index("ix_queued_commands_order_id", "queued_commands", ["order_id"])
    op.create_index(
        "ix_queued_commands_device_id_outcome", "queued_commands", ["device_id", "outcome"]
    )


def _word(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, length=40)
