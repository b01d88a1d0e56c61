"""The runs of the emergency mechanism of complaints."""

from sqlalchemy import Column, ForeignKey, Table, Text, Uuid

from complaint.adapters.tables.schema import metadata
from complaint.domain.emergencies import Cause
from shared.tables import UtcDateTime, by_value

emergencies = Table(
    "emergencies",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("complaint_id", Uuid, ForeignKey("complaints.id"), nullable=False, index=True),
    Column("cause", by_value(Cause), nullable=False),
    Column("reason", Text),
    Column("started_by", Uuid),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_by", Uuid),
    Column("ended_at", UtcDateTime),
    Column("outcome", Text),
)
