"""Sub-tasks as they are found: what they follow from is their case."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaint.adapters.department_work import DepartmentWork
from complaint.adapters.mapping import SubTask
from complaint.adapters.tables import cases, sub_tasks


class SubTasks(DepartmentWork[SubTask]):
    """The sub-tasks of one database session."""

    def __init__(self, session: Session) -> None:
        every = select(SubTask).join_from(sub_tasks, cases, cases.c.id == sub_tasks.c.case_id)
        super().__init__(session, every, sub_tasks, unit=cases.c.org_unit)
