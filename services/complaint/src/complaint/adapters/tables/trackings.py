"""By what customers find their cases, and how many calls of strangers were counted."""

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Uuid

from complaint.adapters.tables.schema import metadata
from shared.call_limits import call_bucket_table
from shared.codes import DIGEST_BYTES
from shared.encryption import INDEX_BYTES

# ``request_index`` finds what was filed under an Idempotency-Key.
trackings = Table(
    "trackings",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("code_digest", LargeBinary(DIGEST_BYTES), nullable=False, unique=True),
    Column("request_index", LargeBinary(INDEX_BYTES), nullable=False, unique=True),
)

call_buckets = call_bucket_table(metadata)
