"""Analyses of cases as they are found, and the cases that they are about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Column, exists, func, select
from sqlalchemy.orm import Session

from complaint.adapters.department_work import DepartmentWork
from complaint.adapters.mapping import CaseAnalysis
from complaint.adapters.tables import case_analyses as table
from complaint.adapters.tables import cases, complaints, feedback, problems
from complaint.domain.complaint import Complaint
from complaint.domain.feedback import Feedback
from complaint.domain.problems import Problem
from complaint.domain.requests import ServiceRequest
from shared.org_units import calendar_of
from shared.scope import within

# By what the cases of each kind are sorted; requests are of one sort.
SORTED_BY: Mapping[str, Column[str] | None] = {
    Complaint.kind: complaints.c.about,
    Problem.kind: problems.c.source,
    ServiceRequest.kind: None,
    Feedback.kind: feedback.c.topic,
}


@dataclass(frozen=True)
class SortedCases:
    """How many cases of a kind and a sort there were."""

    kind: str
    sort: str | None
    count: int


class CaseAnalyses(DepartmentWork[CaseAnalysis]):
    """The analyses of one database session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, select(CaseAnalysis), table, unit=table.c.org_unit)

    def has(self, unit: str, until_on: date) -> bool:
        """Whether the cases of the unit before that day are analysed, or are to be."""
        same = (table.c.org_unit == unit) & (table.c.until_on == until_on)
        return bool(self._session.scalar(select(exists().where(same))))

    def cases(self, analysis: CaseAnalysis) -> list[SortedCases]:
        """What was filed in the period of an analysis, by kind and sort, as it stands now
        (PT-21). Raises UnitUnknown, CalendarMissing."""
        zone = calendar_of(self._session, analysis.org_unit).timezone
        begin, end = (
            datetime.combine(day, time(0), zone) for day in (analysis.from_on, analysis.until_on)
        )
        return [
            one
            for kind, sort in SORTED_BY.items()
            for one in self._sorted(analysis.org_unit, kind, sort, begin=begin, end=end)
        ]

    def _sorted(
        self, unit: str, kind: str, sort: Column[str] | None, *, begin: datetime, end: datetime
    ) -> list[SortedCases]:
        query = (
            select(func.count())
            .select_from(cases)
            .where(
                cases.c.kind == kind,
                within(cases.c.org_unit, unit),
                cases.c.filed_at >= begin,
                cases.c.filed_at < end,
            )
        )
        if sort is None:
            count = self._session.scalars(query).one()
            return [SortedCases(kind, None, count)] if count else []
        by_sort = query.add_columns(sort).join(sort.table, sort.table.c.id == cases.c.id)
        found = self._session.execute(by_sort.group_by(sort).order_by(sort))
        return [SortedCases(kind, named, count) for count, named in found]
