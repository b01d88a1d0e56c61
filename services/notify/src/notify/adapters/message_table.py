"""The table of the ledger of messages, and which of its columns are encrypted."""

import json

from sqlalchemy import Column, Date, Index, Integer, String, Table, UniqueConstraint, Uuid, text
from sqlalchemy.orm import defer

from notify.adapters.columns import TextsColumn, mapping, metadata
from notify.domain.lanes import NO_CHANNEL
from notify.domain.message_states import State
from notify.domain.messages import Message, Purpose, Urgency
from shared.columns import BecauseColumn
from shared.encrypted_columns import EncryptedColumn, encrypt_columns, encrypted_fields
from shared.tables import UtcDateTime, by_value, only

WAITING = text("state IN ('planned', 'sending')")

messages = Table(
    "messages",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("reason", String(60), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("occurrence", String(120), nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("org_unit", String(60), nullable=False, index=True),
    Column("customer_id", Uuid, index=True),
    Column("purpose", by_value(Purpose), nullable=False),
    Column("event_id", Uuid, index=True),
    Column("template", String(60), nullable=False),
    Column("template_version", Integer),
    Column("language", String(35)),
    Column("urgency", by_value(Urgency), nullable=False),
    Column("route", TextsColumn, nullable=False),
    Column("words", EncryptedColumn(json.loads, write=json.dumps)),
    Column("because", BecauseColumn, nullable=False),
    Column("title", EncryptedColumn()),
    Column("body", EncryptedColumn()),
    Column("state", by_value(State), nullable=False),
    Column("state_reason", String(60)),
    Column("state_because", BecauseColumn),
    Column("held_until", UtcDateTime),
    Column("said_on", Date),
    Column("digest_id", Uuid, index=True),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("doubted_at", UtcDateTime),  # real time as well
    Column("retry_at", UtcDateTime),  # real time: backoff is never simulated
    Column("lease_until", UtcDateTime),  # real time as well
    Column("receipt", String(80)),
    Column("ask_at", UtcDateTime, index=True),  # real time as well
    Column("lane", String(40), nullable=False, server_default=NO_CHANNEL),
    Column("turn", Uuid),  # of older rows it is null
    Column("queued_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    UniqueConstraint("reason", "subject", "occurrence", "person_id", "channel"),
    Index("ix_messages_queue", "lane", "urgency", "queued_at", "id", **only("state = 'planned'")),
    Index("ix_messages_in_hand", "lane", **only("state = 'sending'")),
    Index("ix_messages_in_turn", "person_id", "subject", "turn", **only(str(WAITING))),
    Index("ix_messages_person_id_state", "person_id", "state"),
    Index("ix_messages_subject", "subject"),
    Index(
        "ix_messages_waiting",
        "urgency",
        "id",
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    ),
)

mapping.map_imperatively(Message, messages, version_id_col=messages.c.version)
encrypt_columns(Message, messages)
WORDLESS = [defer(getattr(Message, one.column)) for one in encrypted_fields(messages)]
