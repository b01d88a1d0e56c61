"""The files of cases."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Uuid

from complaint.adapters.tables.schema import metadata
from shared.file_types import MediaType
from shared.tables import UtcDateTime, by_value

attachments = Table(
    "attachments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("media_type", by_value(MediaType), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", LargeBinary(32), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", Uuid),
    Column("content", LargeBinary, nullable=False),
    Index("ix_attachments_case_id_id", "case_id", "id"),
)
