"""Exit cases as they are found."""

from uuid import UUID

from sqlalchemy import select

from customer.adapters.mapping import ExitCase
from customer.adapters.registers import Register
from customer.adapters.tables import exit_cases
from customer.domain.exit_states import State


class Exits(Register[ExitCase]):
    """The exit cases of one database session."""

    kind, table, called = ExitCase, exit_cases, "exit case"

    def open_of(self, customer_id: UUID, unit: str) -> ExitCase | None:
        """The case of a customer in one unit that waits for a decision."""
        query = select(ExitCase).where(
            exit_cases.c.customer_id == customer_id,
            exit_cases.c.org_unit == unit,
            exit_cases.c.state == State.PROPOSED,
        )
        return self._session.scalars(query).one_or_none()

    def of_review(self, review_id: UUID) -> ExitCase | None:
        """The case to which a review led (AD-22)."""
        query = select(ExitCase).where(exit_cases.c.review_id == review_id)
        return self._session.scalars(query).one_or_none()
