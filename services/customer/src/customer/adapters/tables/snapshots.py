"""The table of frozen copies of files. Rows are only added, and emptied when a person is erased."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Uuid

from customer.adapters.tables.schema import metadata
from customer.domain.snapshots import Cause
from shared.tables import Json, UtcDateTime, by_value
from shared.unchanging import only_added

file_snapshots = Table(
    "file_snapshots",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("cause", by_value(Cause), nullable=False),
    Column("reason", String(300)),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("taken_by", String(80), nullable=False),
    Column("content", Json, nullable=False),
    Index("ix_file_snapshots_customer_id_taken_at_id", "customer_id", "taken_at", "id"),
)
# As adapters/erasures.py empties a copy: what is left says that there was one.
EMPTIED = (
    "NEW.content = '{}' AND NEW.reason IS NULL AND NEW.id = OLD.id"
    " AND NEW.customer_id = OLD.customer_id AND NEW.cause = OLD.cause"
    " AND NEW.taken_at = OLD.taken_at AND NEW.taken_by = OLD.taken_by"
)
only_added(file_snapshots, unless=EMPTIED)
