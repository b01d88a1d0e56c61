"""Who is to visit a customer: looked up once for all the customers of a transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from uuid import UUID

from customer.adapters.staff import Staff
from customer.adapters.visits import Visits
from customer.domain.staff import Role


class Visitors:
    """Chooses visitors within one transaction and counts what it has given to whom."""

    def __init__(self, staff: Staff, visits: Visits) -> None:
        self._staff = staff
        self._visits = visits
        self._given: Counter[UUID] = Counter()
        self._counted: set[UUID] = set()
        # Bound here, the caches end with the transaction whose staff they hold.
        self._nearest = cache(staff.nearest)
        self._posts_of = cache(staff.posts_of)
        self._above = cache(self._present_superior)

    def choose(
        self,
        *,
        unit: str,
        roles: Sequence[str],
        own: UUID | None,
        present: UUID | None,
        settled: bool,
    ) -> UUID | None:
        """The customer's ``own`` visitor, else ``present``, who has the visit already, else, of
        those who are nearest to ``unit``, the one with the fewest open visits, then the lowest id:
        holders of the first of ``roles`` that anybody holds. None if there is nobody. Who holds
        none of ``roles`` is passed over.

        Unless ``settled``, ``present`` keeps the visit only where he is one of the nearest.
        Raises UnitUnknown.
        """
        if own is not None and self._holds(own, roles):
            return own
        if settled and present is not None and self._holds(present, roles):
            return present
        holders = (self._nearest(role, unit=unit) for role in roles)
        found: list[UUID] = next((some for some in holders if some), [])
        if present in found:
            return present
        self._count(found)
        return min(found, key=lambda one: (self._given[one], one), default=None)

    def supervisor(self, visitor_id: UUID, *, unit: str) -> UUID | None:
        """Who is told what became of a visitor's visits (VS-43): the first above him who has not
        left, else the department head who is nearest to ``unit``. None if there is nobody at all.

        Raises UnitUnknown.
        """
        above = self._above(visitor_id)
        if above is not None:
            return above
        heads = self._nearest(Role.DEPARTMENT_HEAD, unit=unit, apart_from=visitor_id)
        return heads[0] if heads else None

    def superior(self, person_id: UUID) -> UUID | None:
        """The first above a person who has not left; None if there is nobody."""
        return self._above(person_id)

    def give(self, person_id: UUID) -> None:
        """Count one more visit of that person."""
        if person_id in self._counted:
            self._given[person_id] += 1

    def _present_superior(self, visitor_id: UUID) -> UUID | None:
        superiors = self._staff.superiors(visitor_id)
        # One who is named as superior before he is told of himself may come yet, so he counts.
        return next((one for one in superiors if not self._staff.has_left(one)), None)

    def _holds(self, person_id: UUID, roles: Sequence[str]) -> bool:
        return any(held in roles for _, held in self._posts_of(person_id))

    def _count(self, found: Iterable[UUID]) -> None:
        fresh = set(found) - self._counted
        if fresh:
            self._given.update(self._visits.open_counts(fresh))
            self._counted |= fresh
