"""Gatherings as they are found."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, select

from customer.adapters.mapping import Gathering
from customer.adapters.registers import Register
from customer.adapters.tables import gatherings
from customer.domain.gathering_states import State
from customer.domain.gatherings import Kind

PLANNING = 4_873_301  # any number, the same for everybody who plans gatherings in this database


class Gatherings(Register[Gathering]):
    """The gatherings of one database session."""

    kind, table, called = Gathering, gatherings, "gathering"

    def plan_alone(self) -> None:
        """Let nobody else plan a gathering of which there are so many a year until the commit."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(select(func.pg_advisory_xact_lock(PLANNING)))

    def planned_in(self, kind: Kind, year: int) -> int:
        """How many of that kind the company plans in a year."""
        days = gatherings.c.planned_on.between(date(year, 1, 1), date(year, 12, 31))
        planned = select(func.count()).where(gatherings.c.kind == kind, days, _stands())
        return self._session.scalar(planned) or 0

    def last_day(self, unit: str, kind: Kind) -> date | None:
        """The latest day for which the unit planned one of that kind."""
        latest: date | None = self._session.scalar(
            select(func.max(gatherings.c.planned_on)).where(
                gatherings.c.org_unit == unit, gatherings.c.kind == kind, _stands()
            )
        )
        return latest


def inviting(customer_id: UUID) -> ColumnElement[bool]:
    """The condition that the customer is invited to a gathering."""
    return cast(gatherings.c.customers, String).contains(str(customer_id))


def _stands() -> ColumnElement[bool]:
    return gatherings.c.state != State.CANCELLED
