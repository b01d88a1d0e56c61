"""Corrective actions as they are found: by those of the unit they follow from, and by their
department."""

from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from complaint.adapters.mapping import CorrectiveAction
from complaint.adapters.tables import corrective_actions as table
from complaint.domain.corrective_actions import ActionState
from shared.rules import NotFound
from shared.scope import within


class CorrectiveActions:
    """The corrective actions of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, action: CorrectiveAction) -> None:
        """Keep a new action."""
        self._session.add(action)

    def get(self, action_id: UUID, *, unit: str) -> CorrectiveAction:
        """The action, as a person of ``unit`` sees it. Raises NotFound."""
        return self._one(seen_from(unit).where(table.c.id == action_id))

    def take(self, action_id: UUID, *, unit: str) -> CorrectiveAction:
        """As ``get``; nobody else changes the action until the commit."""
        return self._one(seen_from(unit).where(table.c.id == action_id).with_for_update())

    def of_event(self, action_id: UUID) -> CorrectiveAction:
        """The action that a timer is about, as ``take``. Raises NotFound."""
        query = select(CorrectiveAction).where(table.c.id == action_id)
        return self._one(query.with_for_update())

    def listed(
        self, *, unit: str, state: ActionState | None = None, owner_id: UUID | None = None
    ) -> Select[CorrectiveAction]:
        """The query of what a person of ``unit`` sees, narrowed by what is given."""
        query = seen_from(unit)
        if state is not None:
            query = query.where(table.c.state == state)
        if owner_id is not None:
            query = query.where(table.c.owner_id == owner_id)
        return query

    def _one(self, query: Select[CorrectiveAction]) -> CorrectiveAction:
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such action.")
        return found


def seen_from(unit: str) -> Select[CorrectiveAction]:
    """Every action that follows from ``unit`` and those below it, or is for a department there."""
    mine = or_(within(table.c.department, unit), within(table.c.org_unit, unit))
    return select(CorrectiveAction).where(mine)
