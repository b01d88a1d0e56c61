"""The table of interested parties."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, Uuid

from customer.adapters.tables.schema import metadata
from customer.domain.interested_party_states import State
from shared.tables import UtcDateTime, by_value

interested_parties = Table(
    "interested_parties",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("service", String(120), nullable=False),
    Column("name", String(120), nullable=False),
    Column("interest", Text, nullable=False),
    Column("identified_by", Uuid, nullable=False),
    Column("identified_at", UtcDateTime, nullable=False),
    Column("customer_id", Uuid, ForeignKey("customers.id"), index=True),
    Column("requirements", Text),
    Column("state", by_value(State), nullable=False),
    Column("configuration_item", String(80)),
    Column("recorded_by", Uuid),
    Column("recorded_at", UtcDateTime),
    Column("archive_reference", String(120)),
    Column("archived_by", Uuid),
    Column("archived_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_interested_parties_org_unit_id", "org_unit", "id"),
)
