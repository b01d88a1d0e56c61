"""The grades that hold now."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from customer.adapters.tables import grades


class Grades:
    """The grades of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def current(self, customer_id: UUID, *, units: Iterable[str]) -> dict[str, str]:
        """The grade of each scheme that was given in one of ``units`` for all products; a grade
        of any other unit does not hold (CL-26)."""
        query = select(grades.c.scheme, grades.c.grade).where(
            grades.c.customer_id == customer_id,
            grades.c.unit.in_(list(units)),
            grades.c.product == "",
        )
        return {row.scheme: row.grade for row in self._session.execute(query)}
