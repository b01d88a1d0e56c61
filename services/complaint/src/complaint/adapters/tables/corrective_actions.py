"""Actions that end a fault, or keep one from happening."""

from sqlalchemy import Column, Index, String, Table, Text, Uuid

from complaint.adapters.tables.department_work import task_columns
from complaint.adapters.tables.schema import metadata
from complaint.domain.corrective_actions import ActionKind, ActionSource, ActionState
from shared.tables import UtcDateTime, by_value

corrective_actions = Table(
    "corrective_actions",
    metadata,
    *task_columns(),
    Column("kind", by_value(ActionKind), nullable=False),
    Column("source", by_value(ActionSource), nullable=False),
    Column("source_id", Uuid, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("procedure", String(80), nullable=False),
    Column("requested_by", Uuid),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("state", by_value(ActionState), nullable=False),
    Column("measures", Text),
    Column("said", Text),
    Column("done_at", UtcDateTime),
    Column("verified_by", Uuid),
    Column("verified_at", UtcDateTime),
    Index("ix_corrective_actions_org_unit_id", "org_unit", "id"),
    Index("ix_corrective_actions_department_id", "department", "id"),
)
