"""Gatherings as they are found."""

from datetime import date

from sqlalchemy import func, select

from customer.adapters.mapping import Gathering
from customer.adapters.registers import Register
from customer.adapters.tables import gatherings
from customer.domain.gatherings import Kind


class Gatherings(Register[Gathering]):
    """The gatherings of one database session."""

    kind, table, called = Gathering, gatherings, "gathering"

    def last_day(self, unit: str, kind: Kind) -> date | None:
        """The latest day for which the unit planned one of that kind."""
        latest: date | None = self._session.scalar(
            select(func.max(gatherings.c.planned_on)).where(
                gatherings.c.org_unit == unit, gatherings.c.kind == kind
            )
        )
        return latest
