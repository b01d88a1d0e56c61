"""Corrective actions as they are found."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaint.adapters.department_work import DepartmentWork
from complaint.adapters.mapping import CorrectiveAction
from complaint.adapters.tables import corrective_actions as table


class CorrectiveActions(DepartmentWork[CorrectiveAction]):
    """The corrective actions of one database session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, select(CorrectiveAction), table, unit=table.c.org_unit)
