"""Who cares for customers, as the service customer tells it (CP-41)."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from complaint.adapters.tables import account_managers
from shared.outbox import upsert


class AccountManagers:
    """The account managers of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, customer_id: UUID) -> UUID | None:
        """Who cares for the customer; None where nobody does, or it is not known yet."""
        query = select(account_managers.c.person_id)
        return self._session.scalar(query.where(account_managers.c.customer_id == customer_id))

    def keep(self, customer_id: UUID, person_id: UUID | None, *, sequence: int) -> None:
        """Take over who cares for a customer, unless something later was heard."""
        told = {"person_id": person_id, "sequence": sequence}
        statement = upsert(self._session.get_bind().dialect)(account_managers)
        statement = statement.values(customer_id=customer_id, **told)
        later = account_managers.c.sequence < statement.excluded.sequence
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["customer_id"], set_=told, where=later)
        )
