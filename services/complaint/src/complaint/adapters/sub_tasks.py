"""Sub-tasks as they are found: by those who see their case, and by their department."""

from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from complaint.adapters.mapping import SubTask
from complaint.adapters.tables import cases, sub_tasks
from complaint.domain.sub_tasks import SubTaskState
from shared.rules import NotFound
from shared.scope import within


class SubTasks:
    """The sub-tasks of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, sub_task_id: UUID, *, unit: str) -> SubTask:
        """The sub-task, as a person of ``unit`` sees it. Raises NotFound."""
        query = seen_from(unit).where(sub_tasks.c.id == sub_task_id)
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such sub-task.")
        return found

    def listed(
        self, *, unit: str, state: SubTaskState | None = None, owner_id: UUID | None = None
    ) -> Select[SubTask]:
        """The query of what a person of ``unit`` sees, narrowed by what is given."""
        query = seen_from(unit)
        if state is not None:
            query = query.where(sub_tasks.c.state == state)
        if owner_id is not None:
            query = query.where(sub_tasks.c.owner_id == owner_id)
        return query


def seen_from(unit: str) -> Select[SubTask]:
    """Every sub-task of a case, or for a department, of ``unit`` and of the units below it."""
    mine = or_(within(sub_tasks.c.department, unit), within(cases.c.org_unit, unit))
    joined = select(SubTask).join_from(sub_tasks, cases, cases.c.id == sub_tasks.c.case_id)
    return joined.where(mine)
