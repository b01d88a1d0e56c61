"""By what customers find their cases, and how many calls of strangers were counted."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Uuid

from complaint.adapters.tables.schema import metadata
from shared.encryption import INDEX_BYTES
from shared.tables import UtcDateTime

DIGEST_BYTES = 32

# ``request_index`` finds what was filed under an Idempotency-Key.
trackings = Table(
    "trackings",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("code_digest", LargeBinary(DIGEST_BYTES), nullable=False, unique=True),
    Column("request_index", LargeBinary(INDEX_BYTES), nullable=False, unique=True),
)

# A bucket is full of what came from one side; at ``empty_at`` all of it has run out.
call_buckets = Table(
    "call_buckets",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("bucket", Integer, primary_key=True),
    Column("empty_at", UtcDateTime, nullable=False),
)
