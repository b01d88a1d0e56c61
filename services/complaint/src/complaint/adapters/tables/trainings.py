"""Training that problems showed the need of."""

from sqlalchemy import Column, Date, ForeignKey, Index, Table, Text, Uuid

from complaint.adapters.columns import PersonsColumn
from complaint.adapters.tables.department_work import task_columns
from complaint.adapters.tables.schema import metadata
from complaint.domain.trainings import Topic, TrainingState
from shared.tables import UtcDateTime, by_value

trainings = Table(
    "trainings",
    metadata,
    *task_columns(),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False, index=True),
    Column("person_ids", PersonsColumn, nullable=False),
    Column("topic", by_value(Topic), nullable=False),
    Column("content", Text, nullable=False),
    Column("requested_by", Uuid, nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("state", by_value(TrainingState), nullable=False),
    Column("scheduled_on", Date),
    Column("attended_ids", PersonsColumn, nullable=False),
    Column("said", Text),
    Column("ended_at", UtcDateTime),
    Index("ix_trainings_org_unit_id", "org_unit", "id"),
    Index("ix_trainings_department_id", "department", "id"),
)
