"""Who holds which post, as dispatch tells it, and who is nearest to a unit."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.orm import Session

from customer.adapters.tables import staff, staff_posts
from customer.domain.staff import Post, nearest
from shared.org_units import chain
from shared.outbox import upsert
from shared.scope import visible_units


class Staff:
    """The staff of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(
        self,
        person_id: UUID,
        *,
        active: bool,
        superior_id: UUID | None,
        posts: Iterable[tuple[str, str]],
    ) -> None:
        """Take over what is told of a person; ``posts`` are pairs of unit and role."""
        values = {"active": active, "superior_id": superior_id}
        statement = upsert(self._session.get_bind().dialect)(staff)
        statement = statement.values(person_id=person_id, **values)
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["person_id"], set_=values)
        )
        self._session.execute(delete(staff_posts).where(staff_posts.c.person_id == person_id))
        rows = [{"person_id": person_id, "unit": u, "role": role} for u, role in set(posts)]
        if rows:
            self._session.execute(insert(staff_posts), rows)

    def leave(self, person_id: UUID) -> None:
        """Take over that a person left."""
        gone = update(staff).where(staff.c.person_id == person_id).values(active=False)
        self._session.execute(gone)

    def nearest(self, role: str, *, unit: str, apart_from: UUID | None = None) -> list[UUID]:
        """Who of this role is found first from ``unit`` upwards; empty when there is nobody.

        Raises UnitUnknown.
        """
        units = chain(self._session, unit)
        posts = [post for post in self._posts(role) if post.person_id != apart_from]
        return nearest(posts, (self._at_and_below(one) for one in units))

    def holders(self, roles: Iterable[str]) -> tuple[UUID, ...]:
        """Every active person of the company who holds one of these roles, by id."""
        return tuple(sorted({post.person_id for role in roles for post in self._posts(role)}))

    def posts_of(self, person_id: UUID) -> frozenset[tuple[str, str]]:
        """Unit and role of each post that an active person holds; none when he is not known."""
        query = (
            select(staff_posts.c.unit, staff_posts.c.role)
            .join(staff, staff.c.person_id == staff_posts.c.person_id)
            .where(staff.c.active, staff.c.person_id == person_id)
        )
        return frozenset((row.unit, row.role) for row in self._session.execute(query))

    def has_left(self, person_id: UUID) -> bool:
        """Whether dispatch told that the person is gone; one who is not known may come yet."""
        return self._session.scalar(self._column(person_id, "active")) is False

    def is_active(self, person_id: UUID) -> bool:
        """Whether dispatch told of the person and he is there."""
        return self._session.scalar(self._column(person_id, "active")) is True

    def superiors(self, person_id: UUID) -> Iterator[UUID]:
        """To whom the person reports, to whom that one does, and so on, as far as is known.

        Nobody comes twice, and the person himself never, even if the superiors form a ring.
        """
        met = {person_id}
        above = self._superior_of(person_id)
        while above is not None and above not in met:
            yield above
            met.add(above)
            above = self._superior_of(above)

    def _superior_of(self, person_id: UUID) -> UUID | None:
        superior: UUID | None = self._session.scalar(self._column(person_id, "superior_id"))
        return superior

    def _column(self, person_id: UUID, name: str) -> Select[Any]:
        return select(staff.c[name]).where(staff.c.person_id == person_id)

    def _posts(self, role: str) -> list[Post]:
        query = (
            select(staff_posts)
            .join(staff, staff.c.person_id == staff_posts.c.person_id)
            .where(staff.c.active, staff_posts.c.role == role)
        )
        return [Post(row.person_id, row.unit, row.role) for row in self._session.execute(query)]

    def _at_and_below(self, unit: str) -> frozenset[str]:
        return frozenset(self._session.scalars(visible_units(unit)))
