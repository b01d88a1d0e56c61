"""Negotiations and contracts as they are found."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Contract, Negotiation
from customer.adapters.tables import contracts, negotiations
from customer.domain.contract_states import State
from shared.rules import NotFound
from shared.scope import within


class Contracts:
    """The negotiations and contracts of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, made: Contract | Negotiation) -> None:
        """Keep what is new; of two contracts of one number the database refuses the second."""
        self._session.add(made)

    def has_number(self, number: str) -> bool:
        """Whether a contract of the company has that number."""
        query = select(contracts.c.id).where(contracts.c.number == number)
        return self._session.scalars(query).first() is not None

    def get(self, contract_id: UUID, *, customer_id: UUID, seen_from: str) -> Contract:
        """A contract with that customer of ``seen_from`` or a unit below it, which nobody else
        changes until the commit. Raises NotFound."""
        query = self.listed(customer_id, seen_from=seen_from).where(contracts.c.id == contract_id)
        found = self._session.scalars(query.with_for_update()).one_or_none()
        if found is None:
            raise NotFound("There is no such contract.")
        return found

    def listed(self, customer_id: UUID, *, seen_from: str) -> Select[Contract]:
        """The query of the contracts of a customer with ``seen_from`` and the units below it."""
        return select(Contract).where(
            contracts.c.customer_id == customer_id, within(contracts.c.unit, seen_from)
        )

    def negotiated(self, customer_id: UUID, *, seen_from: str) -> Select[Negotiation]:
        """The query of the negotiations of ``seen_from`` and the units below it."""
        return select(Negotiation).where(
            negotiations.c.customer_id == customer_id, within(negotiations.c.unit, seen_from)
        )

    def in_force(self, customer_id: UUID, *, units: Sequence[str], on: date) -> list[Contract]:
        """The signed contracts with one of ``units`` that hold on that local day."""
        query = select(Contract).where(
            contracts.c.customer_id == customer_id,
            contracts.c.unit.in_(units),
            contracts.c.state == State.SIGNED,
            or_(contracts.c.valid_until.is_(None), contracts.c.valid_until >= on),
        )
        return list(self._session.scalars(query))
