"""Calls that were promised, as they are found."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from complaint.adapters.department_work import DepartmentWork
from complaint.adapters.mapping import CallBack
from complaint.adapters.tables import call_backs as table
from complaint.domain.call_back_states import CallBackState


class CallBacks(DepartmentWork[CallBack]):
    """The calls of one database session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, select(CallBack), table, unit=table.c.org_unit)

    def was_promised(self, case_id: UUID | None, *, by: UUID) -> bool:
        """Whether the person promised a call about the case; about none, where there is none."""
        made = table.c.promised_by == by, table.c.case_id.is_not_distinct_from(case_id)
        return bool(self._session.scalar(select(exists().where(*made))))

    def promised_of(self, owner_id: UUID) -> list[UUID]:
        """Those that the person has still to make."""
        mine = table.c.owner_id == owner_id, table.c.state == CallBackState.PROMISED
        return list(self._session.scalars(select(table.c.id).where(*mine).order_by(table.c.id)))
