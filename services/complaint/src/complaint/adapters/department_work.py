"""What departments have to do, as it is found: by those of the unit that it follows from, and by
the department."""

from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, or_
from sqlalchemy.orm import Session

from shared.rules import NotFound
from shared.scope import within

Kind = TypeVar("Kind")


class DepartmentWork(Generic[Kind]):
    """All of one kind in one database session: ``every`` is the query of them, ``table`` theirs,
    with ``department``, ``state`` and ``owner_id``, ``unit`` the column of what it follows from."""

    def __init__(
        self, session: Session, every: Select[Kind], table: Table, *, unit: ColumnElement[str]
    ) -> None:
        self._session = session
        self._every = every
        self._table = table
        self._unit = unit

    def add(self, work: Kind) -> None:
        """Keep something new."""
        self._session.add(work)

    def get(self, work_id: UUID, *, unit: str) -> Kind:
        """The one of that id, as a person of ``unit`` sees it. Raises NotFound."""
        return self._one(self.seen_from(unit).where(self._table.c.id == work_id))

    def take(self, work_id: UUID, *, unit: str) -> Kind:
        """As ``get``; nobody else changes it until the commit."""
        found = self.seen_from(unit).where(self._table.c.id == work_id)
        return self._one(found.with_for_update(of=self._table))

    def of_event(self, work_id: UUID) -> Kind:
        """The one that an event or a timer is about, as ``take``. Raises NotFound."""
        found = self._every.where(self._table.c.id == work_id)
        return self._one(found.with_for_update(of=self._table))

    def listed(
        self, *, unit: str, state: StrEnum | None = None, owner_id: UUID | None = None
    ) -> Select[Kind]:
        """The query of what a person of ``unit`` sees, narrowed by what is given."""
        query = self.seen_from(unit)
        if state is not None:
            query = query.where(self._table.c.state == state)
        if owner_id is not None:
            query = query.where(self._table.c.owner_id == owner_id)
        return query

    def seen_from(self, unit: str) -> Select[Kind]:
        """Whatever follows from ``unit`` and those below it, or is for a department there."""
        mine = or_(within(self._table.c.department, unit), within(self._unit, unit))
        return self._every.where(mine)

    def _one(self, query: Select[Any]) -> Kind:
        found: Kind | None = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such thing.")
        return found
