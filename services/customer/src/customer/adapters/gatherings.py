"""Gatherings as they are found."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, select

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


def inviting(customer_id: UUID) -> ColumnElement[bool]:
    """The condition that the customer is invited to a gathering."""
    return cast(gatherings.c.customers, String).contains(str(customer_id))
