"""The grades that hold now."""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Grade
from customer.adapters.tables import grades
from customer.domain.grade_schemes import COMPUTED


class Keyed(Protocol):
    """What names the key of a grade."""

    customer_id: UUID
    unit: str
    scheme: str
    product: str


class Grades:
    """The grades of one database session.

    What was given to new customers is remembered: an import asks for it before it is written.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._new: dict[UUID, list[Grade]] = {}

    def add(self, grade: Grade) -> None:
        """Keep a grade of a key that has none yet."""
        self._session.add(grade)
        if grade.customer_id in self._new:
            self._new[grade.customer_id].append(grade)

    def add_all(self, customer_id: UUID, given: Iterable[Grade]) -> None:
        """Keep the first grades of a customer who is new."""
        self._new[customer_id] = list(given)
        self._session.add_all(self._new[customer_id])

    def remove(self, grade: Grade) -> None:
        """Forget a grade that was lost; its history stays."""
        if grade.customer_id in self._new:
            self._new[grade.customer_id].remove(grade)
        self._session.delete(grade)

    def of(self, customer_id: UUID) -> list[Grade]:
        """All grades of a customer, whoever gave them."""
        if customer_id in self._new:
            return list(self._new[customer_id])
        query = select(Grade).where(grades.c.customer_id == customer_id)
        return list(self._session.scalars(query))

    def find(self, key: Keyed) -> Grade | None:
        """The grade of that key."""
        for one in self.of(key.customer_id):
            if (one.unit, one.scheme, one.product) == (key.unit, key.scheme, key.product):
                return one
        return None

    def computed(self, customer_id: UUID) -> dict[str, Grade]:
        """The classes of a customer that the service worked out, by scheme."""
        return {one.scheme: one for one in self.of(customer_id) if one.scheme in COMPUTED}

    def current(self, customer_id: UUID, *, units: Sequence[str]) -> dict[str, str]:
        """The grade of each scheme that holds in the first of ``units`` for all products.

        ``units`` are that unit and those above it; the nearest decides. A grade of any other unit
        does not hold (CL-26); what the service works out holds everywhere.
        """
        given = {
            (one.scheme, one.unit): one.grade
            for one in self.of(customer_id)
            if one.product == "" and one.scheme not in COMPUTED
        }
        found = {scheme: one.grade for scheme, one in self.computed(customer_id).items()}
        for unit in reversed(units):
            found |= {scheme: grade for (scheme, of), grade in given.items() if of == unit}
        return found


def holding(code: str, *, units: Sequence[str], open_only: bool) -> Select[tuple[UUID]]:
    """The query of the ids of those who hold the grade ``scheme:grade`` in one of ``units``."""
    scheme, _, grade = code.partition(":")
    query = select(grades.c.customer_id).where(grades.c.scheme == scheme, grades.c.grade == grade)
    if scheme not in COMPUTED:
        query = query.where(grades.c.unit.in_(units))
    return query.where(grades.c.internal.is_(False)) if open_only else query
