"""Who stands in whose customer base."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Membership
from customer.adapters.tables import memberships
from customer.domain.memberships import Standing
from shared.scope import within


class Memberships:
    """The memberships of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, membership: Membership) -> None:
        """Keep a new membership."""
        self._session.add(membership)

    def move(self, customer_id: UUID, *, unit: str, to: str) -> None:
        """Take a customer from the base of one unit into that of another, unless he stands there
        already."""
        left = self.find(customer_id, unit)
        if left is not None and self.find(customer_id, to) is None:
            left.unit = to
        elif left is not None:
            self._session.delete(left)

    def find(self, customer_id: UUID, unit: str) -> Membership | None:
        """The membership of a customer in one unit, which nobody else changes until the commit."""
        query = select(Membership).where(
            memberships.c.customer_id == customer_id, memberships.c.unit == unit
        )
        return self._session.scalars(query.with_for_update()).one_or_none()

    def has_left(self, customer_id: UUID, *, units: Sequence[str]) -> bool:
        """Whether the customer has left the customer base of the first of ``units``, a unit and
        those above it, in whose base he ever stood."""
        query = select(memberships.c.unit, memberships.c.standing).where(
            memberships.c.customer_id == customer_id, memberships.c.unit.in_(units)
        )
        found = {row.unit: row.standing for row in self._session.execute(query)}
        nearest = next((unit for unit in units if unit in found), None)
        return nearest is not None and found[nearest] is Standing.EXITED

    def of(self, customer_id: UUID) -> list[Membership]:
        """All memberships of one customer, by unit."""
        query = select(Membership).where(memberships.c.customer_id == customer_id)
        found = self._session.scalars(query.order_by(memberships.c.unit))
        # What is deleted in this transaction may stand in the database until the next flush.
        return [one for one in found if one not in self._session.deleted]

    def entered(self, unit: str, *, after: UUID | None, limit: int) -> list[UUID]:
        """The customers entered in the base of ``unit`` itself, by id: so many behind ``after``."""
        query = select(memberships.c.customer_id).where(
            memberships.c.unit == unit, memberships.c.standing == Standing.ENTERED
        )
        if after is not None:
            query = query.where(memberships.c.customer_id > after)
        return list(self._session.scalars(query.order_by(memberships.c.customer_id).limit(limit)))

    def entered_below(self, unit: str) -> int:
        """How many customers are entered in the customer bases of ``unit`` and of units below it;
        one who stands in several of them counts once."""
        query = select(func.count(memberships.c.customer_id.distinct())).where(
            memberships.c.standing == Standing.ENTERED, within(memberships.c.unit, unit)
        )
        return self._session.scalar(query) or 0
