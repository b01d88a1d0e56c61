"""What departments do for a case."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, Uuid

from complaint.adapters.tables.schema import metadata
from complaint.domain.sub_tasks import SubTaskState
from shared.columns import BecauseColumn
from shared.tables import UtcDateTime, by_value

sub_tasks = Table(
    "sub_tasks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False, index=True),
    Column("department", String(60), nullable=False),
    Column("content", Text, nullable=False),
    Column("owner_id", Uuid, nullable=False, index=True),
    Column("opened_by", Uuid, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("warn_at", UtcDateTime),
    Column("report_due_at", UtcDateTime),
    Column("because", BecauseColumn, nullable=False),
    Column("state", by_value(SubTaskState), nullable=False),
    Column("said", Text),
    Column("changed_at", UtcDateTime),
    Column("warned_at", UtcDateTime),
    Column("overdue_at", UtcDateTime),
    Column("report_overdue_at", UtcDateTime),
    Index("ix_sub_tasks_department_id", "department", "id"),
)

sub_task_reports = Table(
    "sub_task_reports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("sub_task_id", Uuid, ForeignKey("sub_tasks.id"), nullable=False, index=True),
    Column("by", Uuid, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("content", Text, nullable=False),
)
