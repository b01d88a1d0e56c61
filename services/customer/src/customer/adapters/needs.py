"""Needs as they are found: where they were recorded, and where they have to be known."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select

from customer.adapters.mapping import Need, NeedTarget
from customer.adapters.registers import Register
from customer.adapters.tables import need_targets, needs
from shared.scope import within


class Needs(Register[Need]):
    """The needs of one database session."""

    kind, table, called = Need, needs, "need"

    def seen_from(self, unit: str) -> Select[Any]:
        """What was recorded in ``unit`` and below, and what has to be acknowledged there."""
        asked = select(need_targets.c.need_id).where(within(need_targets.c.unit, unit))
        return select(Need).where(or_(within(needs.c.org_unit, unit), needs.c.id.in_(asked)))

    def target(self, need_id: UUID, unit: str) -> NeedTarget | None:
        """What one department has to acknowledge, which nobody else changes until the commit."""
        return self._session.get(NeedTarget, (need_id, unit), with_for_update=True)


def unacknowledged() -> ColumnElement[bool]:
    """The condition that some department has still to acknowledge a need."""
    waiting = need_targets.c.need_id == needs.c.id, need_targets.c.acknowledged_at.is_(None)
    return exists().where(*waiting)
