"""What customers bought, summed up."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from customer.adapters.tables import purchases
from customer.domain.grading import Purchases as Bought
from shared.outbox import upsert


class Purchases:
    """The sums of purchases of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, customer_id: UUID) -> Bought | None:
        """What a customer bought; None while nobody has told."""
        query = select(purchases.c.amount, purchases.c.frequency, purchases.c.last_on)
        row = self._session.execute(query.where(purchases.c.customer_id == customer_id)).first()
        return Bought(row.amount, row.frequency, row.last_on) if row else None

    def put(self, customer_id: UUID, bought: Bought, *, now: datetime, by: str) -> None:
        """Replace what is known of a customer's purchases."""
        values = {
            "amount": bought.amount,
            "frequency": bought.frequency,
            "last_on": bought.last_on,
            "told_at": now,
            "told_by": by,
        }
        statement = upsert(self._session.get_bind().dialect)(purchases)
        statement = statement.values(customer_id=customer_id, **values)
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["customer_id"], set_=values)
        )
