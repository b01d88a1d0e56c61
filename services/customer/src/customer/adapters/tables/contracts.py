"""The tables of negotiations and of the headers of contracts."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, Uuid

from customer.adapters.admission_columns import TextsColumn
from customer.adapters.tables.schema import metadata
from customer.domain.contract_states import State
from shared.tables import UtcDateTime, by_value

# Rows are only added.
negotiations = Table(
    "negotiations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, index=True),
    Column("unit", String(60), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("expected_on", Date, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", Uuid, nullable=False),
)

contracts = Table(
    "contracts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("unit", String(60), nullable=False),
    Column("number", String(40), nullable=False, unique=True),
    Column("products", TextsColumn, nullable=False),
    Column("drafted_at", UtcDateTime, nullable=False),
    Column("drafted_by", Uuid, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("reviewed_by", Uuid),
    Column("reviewed_at", UtcDateTime),
    Column("opinion", Text),
    Column("signed_on", Date),
    Column("valid_until", Date),
    Column("version", Integer, nullable=False),
    Index("ix_contracts_customer_id_unit_state", "customer_id", "unit", "state"),
)
