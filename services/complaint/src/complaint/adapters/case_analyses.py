"""Analyses of cases as they are found."""

from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from complaint.adapters.department_work import DepartmentWork
from complaint.adapters.mapping import CaseAnalysis
from complaint.adapters.tables import case_analyses as table


class CaseAnalyses(DepartmentWork[CaseAnalysis]):
    """The analyses of one database session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, select(CaseAnalysis), table, unit=table.c.org_unit)

    def has(self, unit: str, until_on: date) -> bool:
        """Whether the cases of the unit before that day are analysed, or are to be."""
        same = (table.c.org_unit == unit) & (table.c.until_on == until_on)
        return bool(self._session.scalar(select(exists().where(same))))
