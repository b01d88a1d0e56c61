"""The tables that every service's database carries beside its own, and their column types."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Enum,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, aware out in UTC, also on SQLite, which forgets the zone.

    Raises ValueError for a naive time.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        aware: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC)


Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Position = BigInteger().with_variant(Integer, "sqlite")


def by_value(enum: type[StrEnum]) -> Enum:
    """Store an enum's value (``in_progress``), not its Python name; no database type is made."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


KEPT_BY_DATABASE = "kept_by_database"  # in MetaData.info: tables and indexes of migrations alone

plumbing = MetaData(naming_convention=NAMING)


def only(condition: str) -> dict[str, Any]:
    """Options of an index that holds the rows of one condition."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


# What has to be told to others. The relay sends the rows whose published_at is null.
outbox = Table(
    "outbox",
    plumbing,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("event_id", Uuid, nullable=False, unique=True),
    Column("type", String(120), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("body", Text, nullable=False),  # the encoded envelope; emptied once sent if private
    Column("created_at", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime),
    UniqueConstraint("subject", "sequence"),
    Index(
        "ix_outbox_unpublished",
        "position",
        **only("published_at IS NULL"),
    ),
    Index("ix_outbox_published", "published_at", **only("published_at IS NOT NULL")),
)

# The last sequence given to each subject; its row lock makes order of position = order of commit.
event_sequences = Table(
    "event_sequences",
    plumbing,
    Column("subject", String(200), primary_key=True),
    Column("last", BigInteger, nullable=False),
)

# What happened to a thing, for its timeline: its events and notes. Rows are only added.
journal = Table(
    "journal",
    plumbing,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("subject", String(200), nullable=False),
    Column("kind", String(120), nullable=False),  # an event type, or the code of a note
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("event_id", Uuid),
    Column("data", Json, nullable=False),
    Column("because", Json),
    Index("ix_journal_subject_position", "subject", "position"),
)

# Who did, saw or was refused what. Rows are only added.
audit = Table(
    "audit",
    plumbing,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(80), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("detail", Json, nullable=False),
    Index("ix_audit_subject_position", "subject", "position"),
)

# Events of others, until and after they are handled.
inbox = Table(
    "inbox",
    plumbing,
    Column("event_id", Uuid, primary_key=True),
    Column("type", String(120), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("body", Text, nullable=False),  # the envelope; emptied once handled if private
    Column("state", String(12), nullable=False),  # pending | handled | ignored | parked | dropped
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", String(200)),  # class of the error and a code, never personal data
    Column("received_at", UtcDateTime, nullable=False),
    Column("handled_at", UtcDateTime),
    UniqueConstraint("subject", "sequence"),
    Index("ix_inbox_done", "handled_at", **only("handled_at IS NOT NULL")),
)

# One row a subject of others: how far it was applied and when to look at it next. Null: nothing to
# do until the next event comes. The row is the lock under which a subject's events are applied.
inbox_subjects = Table(
    "inbox_subjects",
    plumbing,
    Column("subject", String(200), primary_key=True),
    Column("applied", BigInteger, nullable=False),  # the last sequence handled, ignored or dropped
    Column("due_at", UtcDateTime),  # real time: backoff is never simulated
    Column("gap_since", UtcDateTime),  # since when later events wait for one that is missing
    Column("parked", Boolean, nullable=False, server_default=text("false")),
    Index(
        "ix_inbox_subjects_due",
        "due_at",
        **only("due_at IS NOT NULL"),
    ),
    Index("ix_inbox_subjects_gap", "gap_since", **only("gap_since IS NOT NULL")),
    Index("ix_inbox_subjects_parked", "subject", **only("parked")),
)

# What came and cannot be read, with its bytes.
inbox_quarantine = Table(
    "inbox_quarantine",
    plumbing,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("reason", String(80), nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256: a redelivery adds no row
    Column("properties", Json, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
)

# Time as an event: at most one pending timer a (kind, subject). Firing deletes the row.
timers = Table(
    "timers",
    plumbing,
    Column("kind", String(80), primary_key=True),
    Column("subject", String(200), primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("data", Json, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("retry_at", UtcDateTime),  # real time, after a failure
    Column("parked", Boolean, nullable=False, server_default=text("false")),
    Column("last_error", String(200)),
    Index(
        "ix_timers_due",
        "due_at",
        **only("NOT parked"),
    ),
)

# Answers already given, so that a repeated command gets the same one (Idempotency-Key).
idempotency_keys = Table(
    "idempotency_keys",
    plumbing,
    Column("key", String(200), primary_key=True),
    Column("principal", String(80), primary_key=True),
    Column("route", String(200), nullable=False),
    Column("digest", String(64), nullable=False),  # SHA-256 of the body
    Column("status", Integer, nullable=False),
    Column("headers", Json, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_idempotency_keys_created", "created_at"),
)

# Who alone may do a job that must not be done twice at once. ``epoch`` fences a late holder.
leases = Table(
    "leases",
    plumbing,
    Column("name", String(80), primary_key=True),
    Column("holder", String(200), nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

# Gapless numbers: the row lock is held until the transaction that took the number commits.
number_series = Table(
    "number_series",
    plumbing,
    Column("series", String(120), primary_key=True),
    Column("last", BigInteger, nullable=False),
)

# Organisational units as dispatch tells them: the scope of what a person may see, and calendars.
org_units = Table(
    "org_units",
    plumbing,
    Column("unit", String(60), primary_key=True),
    Column("parent", String(60)),
    Column("kind", String(20), nullable=False),  # company | division | department | shop
    Column("name", String(120), nullable=False),
    Column("path", String(600), nullable=False, index=True),  # "hq/south/shop-17/"
    Column("calendar", Json),  # null: that of the parent
)

# Packs that an operator added; the built-in ones come with the code.
policy_packs = Table(
    "policy_packs",
    plumbing,
    Column("pack", String(60), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("id", Uuid, nullable=False, unique=True),  # a row's own, never given again
    Column("effective_from", Date, nullable=False),
    Column("document", Json, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(80), nullable=False),
)

# Which packs a unit follows, in order, from a day on.
pack_activations = Table(
    "pack_activations",
    plumbing,
    Column("unit", String(60), primary_key=True),
    Column("effective_from", Date, primary_key=True),
    Column("packs", Json, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(80), nullable=False),
)
