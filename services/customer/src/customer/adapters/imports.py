"""Imports and how far they came."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Import
from customer.adapters.tables import imports
from shared.rules import NotFound
from shared.scope import within


class Imports:
    """The imports of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, run: Import) -> None:
        """Keep a new import."""
        self._session.add(run)

    def of_key(self, principal: str, key: str) -> Import | None:
        """The import that somebody sent under ``key``, which no other process carries on until
        the commit."""
        query = select(Import).where(imports.c.principal == principal, imports.c.key == key)
        return self._session.scalars(query.with_for_update()).one_or_none()

    def get(self, import_id: UUID, *, unit: str) -> Import:
        """An import that was sent from ``unit`` or below it. Raises NotFound."""
        found = self._session.scalars(
            self.listed(unit=unit).where(imports.c.id == import_id)
        ).one_or_none()
        if found is None:
            raise NotFound("There is no such import.")
        return found

    def listed(self, *, unit: str) -> Select[Import]:
        """The query of the imports that were sent from ``unit`` and below it."""
        return select(Import).where(within(imports.c.unit, unit))
