"""Who is to visit a customer: looked up once for all the customers of a transaction."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from uuid import UUID

from customer.adapters.staff import Staff
from customer.adapters.visits import Visits


class Visitors:
    """Chooses visitors within one transaction and counts what it has given to whom."""

    def __init__(self, staff: Staff, visits: Visits) -> None:
        self._visits = visits
        self._given: Counter[UUID] = Counter()
        self._counted: set[UUID] = set()
        # Bound here, the caches end with the transaction whose staff they hold.
        self._nearest = cache(staff.nearest)
        self._has_left = cache(staff.has_left)
        self.superior_of = cache(staff.superior_of)

    def choose(self, *, unit: str, role: str, wanted: Iterable[UUID | None]) -> UUID | None:
        """The first of ``wanted`` who has not left; else, of those of ``role`` who are nearest to
        ``unit``, the one with the fewest open visits, then the lowest id. None if there is nobody.

        Raises UnitUnknown.
        """
        for person_id in wanted:
            if person_id is not None and not self._has_left(person_id):
                return person_id
        found = self._nearest(role, unit=unit)
        self._count(found)
        return min(found, key=lambda one: (self._given[one], one), default=None)

    def give(self, person_id: UUID) -> None:
        """Count one more visit of that person."""
        if person_id in self._counted:
            self._given[person_id] += 1

    def _count(self, found: Iterable[UUID]) -> None:
        fresh = set(found) - self._counted
        if fresh:
            self._given.update(self._visits.open_counts(fresh))
            self._counted |= fresh
