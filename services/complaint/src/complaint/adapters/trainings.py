"""Training as it is found."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from complaint.adapters.department_work import DepartmentWork
from complaint.adapters.mapping import Training
from complaint.adapters.tables import trainings as table


class Trainings(DepartmentWork[Training]):
    """The training of one database session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, select(Training), table, unit=table.c.org_unit)

    def asked_for(self, case_id: UUID) -> bool:
        """Whether a problem led to any."""
        found = self._session.scalar(select(exists().where(table.c.case_id == case_id)))
        return bool(found)
