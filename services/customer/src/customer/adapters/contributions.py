"""What customers contribute to departments, as it is found."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, select, type_coerce
from sqlalchemy.orm import Session

from customer.adapters.tables import contributions
from customer.domain.contributions import Contribution
from shared.outbox import upsert
from shared.scope import within

# Cursors hold the amount as it is stored, in whole yuan.
BY_AMOUNT = (type_coerce(contributions.c.amount, BigInteger), contributions.c.customer_id)


class Contributions:
    """The contributions of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last(self, customer_id: UUID, *, unit: str) -> date | None:
        """Until when the known figure of a department counts; None while there is none."""
        of = contributions.c
        query = select(of.as_of).where(of.customer_id == customer_id, of.unit == unit)
        return self._session.scalars(query).one_or_none()

    def put(
        self, customer_id: UUID, told: Contribution, *, unit: str, now: datetime, by: str
    ) -> None:
        """Replace the figure of a department."""
        values = {"amount": told.amount, "as_of": told.as_of, "told_at": now, "told_by": by}
        statement = upsert(self._session.get_bind().dialect)(contributions)
        statement = statement.values(customer_id=customer_id, unit=unit, **values)
        key = ["customer_id", "unit"]
        self._session.execute(statement.on_conflict_do_update(index_elements=key, set_=values))

    def of(self, customer_id: UUID, *, seen_from: str) -> Select[Any]:
        """The query of the figures of one customer, as a person of ``seen_from`` sees them."""
        of = contributions.c
        return select(*of).where(of.customer_id == customer_id, within(of.unit, seen_from))

    def listed(self, unit: str) -> Select[Any]:
        """The query of the figures of one department."""
        return select(*contributions.c).where(contributions.c.unit == unit)
