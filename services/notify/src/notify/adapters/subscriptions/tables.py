"""The tables of subscriptions. An event stands once, however many endpoints get it."""

import json
from datetime import datetime

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint, Uuid

from notify.adapters.columns import TextsColumn, mapping, metadata
from notify.domain.subscriptions.deliveries import Attempt, Delivery, DeliveryState
from notify.domain.subscriptions.endpoints import Endpoint, EndpointState, Secret
from shared.encrypted_columns import EncryptedColumn, encrypt_columns
from shared.envelope import plain
from shared.tables import Position, UtcDateTime, by_value, only

WAITING = "state IN ('waiting', 'sending')"
SENDING = "state = 'sending'"


def _secrets(text: str) -> tuple[Secret, ...]:
    stored = json.loads(text)
    return tuple(
        Secret(one["key"], one["until"] and datetime.fromisoformat(one["until"])) for one in stored
    )


def _secrets_text(secrets: tuple[Secret, ...]) -> str:
    return json.dumps(plain(secrets))


subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("url", EncryptedColumn(), nullable=False),  # It may hold a password of the receiver.
    Column("description", String(200), nullable=False),
    Column("event_types", TextsColumn, nullable=False),
    Column("org_unit", String(60), nullable=False, index=True),
    Column("ordered", Boolean, nullable=False),
    Column("owner_id", Uuid, nullable=False),
    Column("secrets", EncryptedColumn(_secrets, write=_secrets_text), nullable=False),
    Column("state", by_value(EndpointState), nullable=False),
    Column("state_reason", String(60)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("failing_since", UtcDateTime),  # real time
    Column("served_at", UtcDateTime),  # real time as well
    Column("slow", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

# What endpoints are to get, as the broker carries it. It holds ids and no personal data.
subscription_events = Table(
    "subscription_events",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("body", Text, nullable=False),
    Column("planned_at", UtcDateTime, nullable=False, index=True),
)

deliveries = Table(
    "subscription_deliveries",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("subscription_id", Uuid, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("type", String(120), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("planned_at", UtcDateTime, nullable=False, index=True),
    Column("state", by_value(DeliveryState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("status", Integer),
    Column("why", String(60)),
    Column("due_at", UtcDateTime),  # real time: backoff is never simulated
    Column("first_at", UtcDateTime),  # real time as well
    Column("done_at", UtcDateTime),
    UniqueConstraint("subscription_id", "event_id"),
    Index("ix_subscription_deliveries_listed", "subscription_id", "position"),
    Index(
        "ix_subscription_deliveries_due", "subscription_id", "due_at", "position", **only(WAITING)
    ),
    Index("ix_subscription_deliveries_next", "subscription_id", "position", **only(WAITING)),
    Index("ix_subscription_deliveries_sending", "subscription_id", **only(SENDING)),
)

attempts = Table(
    "subscription_attempts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("position", Position, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),  # real time
    Column("status", Integer),
    Column("why", String(60)),
    Column("duration_ms", Integer, nullable=False),
    Column("excerpt", EncryptedColumn()),  # Nobody knows what a receiver writes.
)

mapping.map_imperatively(Endpoint, subscriptions)
mapping.map_imperatively(Delivery, deliveries)
mapping.map_imperatively(Attempt, attempts)
encrypt_columns(Endpoint, subscriptions)
encrypt_columns(Attempt, attempts)
