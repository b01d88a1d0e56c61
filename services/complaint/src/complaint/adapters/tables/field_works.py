"""Field work that cases need. The ``complaint_id`` is that of the case, of whatever kind."""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Text, Uuid

from complaint.adapters.tables.schema import metadata
from complaint.domain.field_work import Progress
from shared.tables import UtcDateTime, by_value

field_works = Table(
    "field_works",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("complaint_id", Uuid, ForeignKey("cases.id"), nullable=False, index=True),
    Column("requested_by", Uuid, nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("place", String(200), nullable=False),
    Column("content", Text, nullable=False),
    Column("requirements", Text, nullable=False),
    Column("reply_due_at", UtcDateTime, nullable=False),
    Column("progress", by_value(Progress), nullable=False),
    Column("work_order_id", Uuid),
    Column("order_no", String(80)),
    Column("satisfied", Boolean),
)
