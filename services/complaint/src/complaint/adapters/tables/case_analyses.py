"""The analysis of cases."""

from sqlalchemy import Column, Date, Index, Table, Text, UniqueConstraint, Uuid

from complaint.adapters.tables.department_work import task_columns
from complaint.adapters.tables.schema import metadata
from complaint.domain.case_analyses import AnalysisState
from shared.tables import UtcDateTime, by_value

case_analyses = Table(
    "case_analyses",
    metadata,
    *task_columns(),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("state", by_value(AnalysisState), nullable=False),
    Column("said", Text),
    Column("measures", Text),
    Column("done_by", Uuid),
    Column("done_at", UtcDateTime),
    UniqueConstraint("org_unit", "until_on"),
    Index("ix_case_analyses_department_id", "department", "id"),
)
