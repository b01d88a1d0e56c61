"""What was recorded of the handling of a case."""

from sqlalchemy import Column, ForeignKey, Numeric, String, Table, Text, Uuid

from complaint.adapters.columns import PersonsColumn, ProcessStepsColumn
from complaint.adapters.tables.schema import metadata
from complaint.domain.handling_records import CompensationType, HandlingStage
from shared.encrypted_columns import EncryptedColumn
from shared.tables import UtcDateTime, by_value

handling_records = Table(
    "handling_records",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False, index=True),
    Column("step", by_value(HandlingStage), nullable=False),
    Column("by", Uuid, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("content", Text, nullable=False),
    Column("person_ids", PersonsColumn, nullable=False),
    Column("department", String(60)),
    Column("compensation_type", by_value(CompensationType)),
    Column("compensation_amount", Numeric(12, 2)),
)

process_explanations = Table(
    "process_explanations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False, index=True),
    Column("by", Uuid, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("outline", Text, nullable=False),
    Column("steps", ProcessStepsColumn, nullable=False),
    Column("contact", EncryptedColumn()),
)
