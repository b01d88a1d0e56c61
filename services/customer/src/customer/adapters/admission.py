"""Admissions as they are found: by those who may see the customer, and by what rests on them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Admission
from customer.adapters.tables import admissions
from customer.domain.admission_states import LIVE, State
from shared.rules import NotFound
from shared.scope import within


class Admissions:
    """The admissions of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, admission: Admission) -> None:
        """Keep a new admission."""
        self._session.add(admission)

    def get(self, admission_id: UUID, *, customer_id: UUID, seen_from: str) -> Admission:
        """An admission of that customer to ``seen_from`` or a unit below it, which nobody else
        changes until the commit. Raises NotFound."""
        query = self.listed(customer_id, seen_from=seen_from)
        query = query.where(admissions.c.id == admission_id)
        found = self._session.scalars(query.with_for_update()).one_or_none()
        if found is None:
            raise NotFound("There is no such admission.")
        return found

    def known(self, admission_id: UUID) -> Admission:
        """The admission that a timer is about. Raises NoResultFound."""
        return self._session.get_one(Admission, admission_id, with_for_update=True)

    def listed(self, customer_id: UUID, *, seen_from: str) -> Select[Admission]:
        """The query of the admissions of a customer to ``seen_from`` and the units below it."""
        return select(Admission).where(
            admissions.c.customer_id == customer_id, within(admissions.c.unit, seen_from)
        )

    def live(self, customer_id: UUID, unit: str) -> Admission | None:
        """The admission to a unit that is not at its end; nobody else changes it until the
        commit."""
        query = select(Admission).where(
            admissions.c.customer_id == customer_id,
            admissions.c.unit == unit,
            admissions.c.state.in_(LIVE),
        )
        return self._session.scalars(query.with_for_update()).one_or_none()

    def living(self, customer_id: UUID) -> list[Admission]:
        """Every admission of a customer that is not at its end; nobody else changes them until the
        commit."""
        query = select(Admission).where(
            admissions.c.customer_id == customer_id, admissions.c.state.in_(LIVE)
        )
        return list(self._session.scalars(query.order_by(admissions.c.id).with_for_update()))

    def admitted(self, customer_id: UUID, *, units: Sequence[str]) -> bool:
        """Whether the customer is admitted to one of ``units``: a unit and those above it."""
        query = select(admissions.c.id).where(
            admissions.c.customer_id == customer_id,
            admissions.c.unit.in_(units),
            admissions.c.state == State.ADMITTED,
        )
        return self._session.scalars(query.limit(1)).first() is not None
