"""Who of the staff holds which post, as dispatch tells it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Column, String, Table, Uuid, delete, insert, select
from sqlalchemy.orm import Session

from notify.adapters.columns import metadata
from notify.domain.staff import Post, nearest
from shared.org_units import chain

staff_posts = Table(
    "staff_posts",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("role", String(60), primary_key=True, index=True),
)


class Staff:
    """The posts of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, person_id: UUID, posts: Iterable[tuple[str, str]]) -> None:
        """Take over all posts of a person, pairs of unit and role; none of one who left."""
        self._session.execute(delete(staff_posts).where(staff_posts.c.person_id == person_id))
        rows = [{"person_id": person_id, "unit": u, "role": role} for u, role in set(posts)]
        if rows:
            self._session.execute(insert(staff_posts), rows)

    def is_there(self, person_id: UUID) -> bool:
        """Whether a person holds any post."""
        query = select(staff_posts.c.unit).where(staff_posts.c.person_id == person_id).limit(1)
        return self._session.scalar(query) is not None

    def nearest(self, roles: Iterable[str], *, unit: str) -> list[UUID]:
        """Who of the first of ``roles`` that anybody holds is found first from ``unit`` upwards.

        Raises UnitUnknown.
        """
        units = chain(self._session, unit)
        for role in roles:
            query = select(staff_posts).where(
                staff_posts.c.role == role, staff_posts.c.unit.in_(units)
            )
            posts = [
                Post(row.person_id, row.unit, row.role) for row in self._session.execute(query)
            ]
            if found := nearest(posts, units):
                return found
        return []
