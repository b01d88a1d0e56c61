"""The table of the admission forms of partners, one a partner."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, Uuid

from customer.adapters.partner_columns import CellsColumn, FindingsColumn
from customer.adapters.tables.schema import metadata
from customer.domain.partner_states import State
from shared.tables import UtcDateTime, by_value

partner_forms = Table(
    "partner_forms",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False, unique=True),
    Column("unit", String(60), nullable=False, index=True),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", Uuid, nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("cells", CellsColumn, nullable=False),
    Column("findings", FindingsColumn, nullable=False),
    Column("screened_by", Uuid),
    Column("decided_by", Uuid),
    Column("decided_at", UtcDateTime),
    Column("explanation", Text),
    Column("archive_number", String(40), unique=True),
    Column("archived_by", Uuid),
    Column("archived_at", UtcDateTime),
    Column("version", Integer, nullable=False),
)
