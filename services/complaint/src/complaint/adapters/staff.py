"""Who holds which post, as dispatch tells it, and who is nearest to a unit."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from complaint.adapters.tables import staff, staff_posts
from complaint.domain.staff import Post, nearest
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

    def posts_of(self, person_id: UUID) -> set[tuple[str, str]]:
        """The pairs of unit and role that the person holds; none once he is not active."""
        query = (
            select(staff_posts.c.unit, staff_posts.c.role)
            .join(staff, staff.c.person_id == staff_posts.c.person_id)
            .where(staff.c.active, staff.c.person_id == person_id)
        )
        return {(row.unit, row.role) for row in self._session.execute(query)}

    def superior_of(self, person_id: UUID) -> UUID | None:
        """The superior of the person, as dispatch told last; None where there is none."""
        query = select(staff.c.superior_id).where(staff.c.person_id == person_id)
        return self._session.scalar(query)

    def holders(self, roles: Iterable[str]) -> list[UUID]:
        """All who hold one of these roles anywhere, ordered by id."""
        return sorted({post.person_id for post in self._posts(roles)})

    def nearest(
        self, roles: Iterable[str], *, unit: str, without: Collection[UUID] = ()
    ) -> list[UUID]:
        """Who of these roles is found first from ``unit`` upwards, those ``without`` passed over;
        empty when there is nobody. Raises UnitUnknown.
        """
        units = chain(self._session, unit)
        posts = [post for post in self._posts(roles) if post.person_id not in without]
        return nearest(posts, (self._at_and_below(one) for one in units))

    def _posts(self, roles: Iterable[str]) -> list[Post]:
        query = (
            select(staff_posts)
            .join(staff, staff.c.person_id == staff_posts.c.person_id)
            .where(staff.c.active, staff_posts.c.role.in_(list(roles)))
        )
        return [Post(row.person_id, row.unit, row.role) for row in self._session.execute(query)]

    def _at_and_below(self, unit: str) -> frozenset[str]:
        return frozenset(self._session.scalars(visible_units(unit)))
