"""What units say of customers, and what happens with them, as far as it decides on visits."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Occasion, VisitFlags
from customer.adapters.tables import visit_occasions
from customer.domain.visit_occasions import OccasionKind


class FlagRows:
    """The flags of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, customer_id: UUID, *, unit: str) -> VisitFlags:
        """The flags of a customer in ``unit``; all down, at version 0, where nobody set any."""
        found = self._session.get(VisitFlags, (customer_id, unit))
        return found or VisitFlags(customer_id=customer_id, unit=unit)

    def put(self, flags: VisitFlags) -> None:
        """Keep flags that may be new."""
        self._session.add(flags)


class Occasions:
    """The occasions of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, occasion: Occasion) -> None:
        """Keep a new occasion."""
        self._session.add(occasion)

    def of(self, customer_id: UUID) -> list[Occasion]:
        """All occasions of a customer, by id."""
        query = select(Occasion).where(visit_occasions.c.customer_id == customer_id)
        return list(self._session.scalars(query.order_by(visit_occasions.c.id)))

    def find(
        self, customer_id: UUID, *, unit: str, kind: OccasionKind, reference: str
    ) -> Occasion | None:
        """The occasion of that name, which nobody else changes until the commit."""
        query = select(Occasion).where(
            visit_occasions.c.customer_id == customer_id,
            visit_occasions.c.unit == unit,
            visit_occasions.c.kind == kind,
            visit_occasions.c.reference == reference,
        )
        return self._session.scalars(query.with_for_update()).one_or_none()
