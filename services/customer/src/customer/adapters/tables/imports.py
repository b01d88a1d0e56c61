"""The table of imports and how far each came."""

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint, Uuid

from customer.adapters.columns import ReportColumn
from customer.adapters.tables.schema import metadata
from shared.tables import UtcDateTime

imports = Table(
    "imports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", String(200), nullable=False),
    Column("principal", String(80), nullable=False),
    Column("unit", String(60), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("done_through", Integer, nullable=False),
    Column("report", ReportColumn, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    UniqueConstraint("principal", "key"),
)
