"""What customers reported of their registration."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import StatusCase
from customer.adapters.tables import status_cases
from shared.rules import NotFound


class StatusCases:
    """The cases of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, case: StatusCase) -> None:
        """Keep a new case."""
        self._session.add(case)

    def get(self, case_id: UUID, *, customer_id: UUID) -> StatusCase:
        """A case of that customer, which nobody else changes until the commit. Raises NotFound."""
        query = self.listed(customer_id).where(status_cases.c.id == case_id).with_for_update()
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such case.")
        return found

    def listed(self, customer_id: UUID) -> Select[StatusCase]:
        """The query of the cases of one customer."""
        return select(StatusCase).where(status_cases.c.customer_id == customer_id)
