"""The tables of what customers allowed to be told, of what was told, and of who keeps secrets."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Uuid

from customer.adapters.columns import ItemsColumn
from customer.adapters.tables.schema import metadata
from customer.domain.consents import Channel
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

consents = Table(
    "consents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("third_party", String(200), nullable=False),
    Column("purpose", String(200), nullable=False),
    Column("scope", ItemsColumn, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    Column("form", String(200), nullable=False),
    Column("wording", String(60), nullable=False),
    Column("channel", by_value(Channel), nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Column("version", Integer, nullable=False),
)

# Rows are only added.
disclosures = Table(
    "disclosures",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("recipient", String(200), nullable=False),
    Column("purpose", String(200), nullable=False),
    Column("items", ItemsColumn, nullable=False),
    Column("consent_id", Uuid, ForeignKey("consents.id")),
    Column("legal_basis", String(40)),
    Column("because", BecauseColumn),
    Column("disclosed_at", UtcDateTime, nullable=False),
    Column("disclosed_by", String(80), nullable=False),
)

# Rows are only added.
secrecy_acknowledgements = Table(
    "secrecy_acknowledgements",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", String(80), nullable=False),
    Column("unit", String(60), nullable=False, index=True),
    Column("wording", String(60), nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("signed_at", UtcDateTime, nullable=False),
    Index("ix_secrecy_acknowledgements_person_id_wording", "person_id", "wording"),
)
