"""Communications as they are found, and how many there were."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from customer.adapters.mapping import Communication
from customer.adapters.registers import Register
from customer.adapters.tables import communications
from customer.domain.communications import Kind
from shared.scope import within


class Communications(Register[Communication]):
    """The communications of one database session."""

    kind, table, called = Communication, communications, "communication"

    def held_with(self, customer_id: UUID, kind: Kind, *, since: datetime, until: datetime) -> int:
        """How many of one kind took place with a customer from ``since`` on, before ``until``."""
        query = select(func.count()).where(
            communications.c.customer_id == customer_id,
            communications.c.kind == kind,
            communications.c.held_at >= since,
            communications.c.held_at < until,
        )
        return self._session.scalar(query) or 0

    def recorded_below(self, unit: str, *, since: datetime, until: datetime) -> int:
        """How many records were made in ``unit`` and below from ``since`` on, before ``until``."""
        query = select(func.count()).where(
            within(communications.c.org_unit, unit),
            communications.c.recorded_at >= since,
            communications.c.recorded_at < until,
        )
        return self._session.scalar(query) or 0
