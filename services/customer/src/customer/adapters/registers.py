"""Tables whose things each belong to one unit, and are found alike."""

from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, Table, select
from sqlalchemy.orm import Session

from shared.rules import NotFound
from shared.scope import within

Thing = TypeVar("Thing")


class Register(Generic[Thing]):
    """The things of one ``kind`` in one database session. ``table`` has the columns ``id`` and
    ``org_unit``; ``called`` is what a person calls such a thing."""

    kind: type[Thing]
    table: Table
    called: str

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, thing: Thing) -> None:
        """Keep a new one."""
        self._session.add(thing)

    def get(self, id_: UUID, *, unit: str) -> Thing:
        """The one that a person of ``unit`` sees. Raises NotFound."""
        return self._one(self.seen_from(unit).where(self.table.c.id == id_))

    def to_change(self, id_: UUID, *, unit: str) -> Thing:
        """The same one, which nobody else changes until the commit. Raises NotFound."""
        return self._one(self.seen_from(unit).where(self.table.c.id == id_).with_for_update())

    def known(self, id_: UUID) -> Thing:
        """The one that a timer or an event is about; nobody else changes it until the commit.
        Raises NoResultFound."""
        return self._session.get_one(self.kind, id_, with_for_update=True)

    def listed(self, *, unit: str, **wanted: Any) -> Select[Any]:
        """The query of what a person of ``unit`` sees, narrowed to the values of columns that are
        given; None does not narrow."""
        query = self.seen_from(unit)
        for column, value in wanted.items():
            if value is not None:
                query = query.where(self.table.c[column] == value)
        return query

    def seen_from(self, unit: str) -> Select[Any]:
        """All that lies in ``unit`` and below; what anybody sees starts here."""
        return select(self.kind).where(within(self.table.c.org_unit, unit))

    def _one(self, query: Select[Any]) -> Thing:
        found: Thing | None = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound(f"There is no such {self.called}.")
        return found
