"""Invitations as they are found: by those who sent them, and by those who are invited."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, or_, select

from customer.adapters.mapping import Invitation
from customer.adapters.registers import Register
from customer.adapters.tables import invitations
from shared.scope import within


class Invitations(Register[Invitation]):
    """The invitations of one database session."""

    kind, table, called = Invitation, invitations, "invitation"

    def seen_from(self, unit: str) -> Select[Any]:
        """What was sent in ``unit`` and below, and what was sent there."""
        sent, received = within(invitations.c.org_unit, unit), within(invitations.c.unit, unit)
        return select(Invitation).where(or_(sent, received))

    def is_sent(self, meeting_id: UUID, unit: str) -> bool:
        """Whether the unit is invited to that visit or gathering."""
        same = exists().where(invitations.c.meeting_id == meeting_id, invitations.c.unit == unit)
        return bool(self._session.scalar(select(same)))
