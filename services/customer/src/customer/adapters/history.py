"""What was sent to the contacts of a customer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.tables import contact_history
from shared.outbox import upsert


class ContactHistory:
    """The contact history of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(
        self,
        message_id: UUID,
        *,
        customer_id: UUID,
        contact_id: UUID,
        occasion: str,
        year: int,
        sent_at: datetime,
    ) -> None:
        """Remember a message; one that is known already stays as it is."""
        statement = upsert(self._session.get_bind().dialect)(contact_history).values(
            message_id=message_id,
            customer_id=customer_id,
            contact_id=contact_id,
            occasion=occasion,
            year=year,
            sent_at=sent_at,
        )
        self._session.execute(statement.on_conflict_do_nothing(index_elements=["message_id"]))

    def listed(self, customer_id: UUID) -> Select[tuple[object, ...]]:
        """The query of what was sent to one customer."""
        return select(
            contact_history.c.message_id,
            contact_history.c.contact_id,
            contact_history.c.occasion,
            contact_history.c.year,
            contact_history.c.sent_at,
        ).where(contact_history.c.customer_id == customer_id)
