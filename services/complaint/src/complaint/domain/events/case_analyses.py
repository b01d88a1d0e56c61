"""What is told of the analysis of cases."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfAnalysis:
    """Every event here is of one analysis, in the order of the events of that analysis."""

    type: ClassVar[str]
    subject: ClassVar[str] = "case_analysis/{analysis_id}"

    analysis_id: UUID
    org_unit: str
    department: str
    from_on: date
    until_on: date
    owner_id: UUID | None
    due_at: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class CaseAnalysisDue(OfAnalysis):
    """The cases of a period are to be analysed (CP-05)."""

    type: ClassVar[str] = "complaint.case_analysis_due.v1"


@dataclass(frozen=True, kw_only=True)
class CaseAnalysisOverdue(OfAnalysis):
    """The cases of a period were not analysed in time."""

    type: ClassVar[str] = "complaint.case_analysis_overdue.v1"

    supervisor_ids: tuple[UUID, ...]
