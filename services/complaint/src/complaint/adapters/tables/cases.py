"""What every kind of case has. The table of a kind adds its own columns under the same id."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from complaint.adapters.columns import ClockEventsColumn, RulesColumn
from complaint.adapters.tables.schema import metadata
from complaint.domain.clocks import ClockName
from complaint.domain.intake import Channel
from complaint.domain.pauses import PauseEnd, PauseReason
from complaint.domain.satisfaction import Method
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

QUEUED = ("queue_place", "next_due_at", "id")
AWAITED = text("next_due_at IS NOT NULL")
IS_OPEN: dict[str, Any] = {"postgresql_where": AWAITED, "sqlite_where": AWAITED}

cases = Table(
    "cases",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("number", String(80), nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("channel", by_value(Channel), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("customer_id", Uuid, index=True),
    Column("level", Integer, nullable=False),
    Column("handler_id", Uuid, nullable=False),
    Column("taken_over_at", UtcDateTime),
    Column("next_due_at", UtcDateTime),
    Column("queue_place", Integer, nullable=False, server_default="0"),
    Column("filed_by", Uuid),
    Column("filed_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("org_unit", "number"),
    # Of what is open alone, and in the order of the queue, so that a page costs what it shows: of a
    # company, and of one unit.
    Index("ix_cases_queue", *QUEUED, **IS_OPEN),
    Index("ix_cases_unit_queue", "org_unit", *QUEUED, **IS_OPEN),
)

# Whom the present level of a case calls upon.
assignees = Table(
    "assignees",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("person_id", Uuid, primary_key=True, index=True),
)


def _deadline(prefix: str, *, nullable: bool) -> list[Column[object]]:
    return [
        Column(f"{prefix}rule", Integer, nullable=nullable),
        Column(f"{prefix}due_at", UtcDateTime, nullable=nullable),
        Column(f"{prefix}warn_at", UtcDateTime),
        Column(f"{prefix}provisional", Boolean, nullable=nullable),
        Column(f"{prefix}hard", Boolean, nullable=nullable),
        Column(f"{prefix}supervisor_tier", Integer),
        Column(f"{prefix}because", BecauseColumn, nullable=nullable),
    ]


clocks = Table(
    "clocks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("name", by_value(ClockName), nullable=False),
    Column("round", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    Column("ruled_at", UtcDateTime, nullable=False),
    Column("rules", RulesColumn, nullable=False),
    Column("events", ClockEventsColumn, nullable=False),
    *_deadline("deadline_", nullable=False),
    *_deadline("hard_deadline_", nullable=True),
    Column("held_until", UtcDateTime),
    Column("stopped_at", UtcDateTime),
    Column("on_time", Boolean),
    Column("warned_at", UtcDateTime),
    Column("breached_at", UtcDateTime),
    Column("hard_breached_at", UtcDateTime),
    UniqueConstraint("case_id", "name", "round"),
)

pauses = Table(
    "pauses",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False, index=True),
    Column("reason", by_value(PauseReason), nullable=False),
    Column("note", Text, nullable=False),
    Column("by", Uuid, nullable=False),
    Column("stage", String(60), nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", by_value(PauseEnd)),
)

progress_contacts = Table(
    "progress_contacts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False, index=True),
    Column("by", Uuid, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("method", by_value(Method), nullable=False),
    Column("content", Text, nullable=False),
    Column("on_time", Boolean),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False, index=True),
    Column("channel", by_value(Channel), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("content", Text, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    Column("noted_by", Uuid),
)
