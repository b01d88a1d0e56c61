"""Where people are kept, and how one finds who holds a role."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    exists,
    insert,
    select,
)
from sqlalchemy.orm import Session

from dispatch.adapters.columns import (
    AddressesColumn,
    PostsColumn,
    TextsColumn,
    mapping,
    metadata,
)
from dispatch.domain.callers import Caller
from dispatch.domain.people import NotOnStaff, Person
from shared.encrypted_columns import encrypt_columns
from shared.org_units import chain
from shared.rules import NotFound
from shared.scope import within
from shared.turns import take_turn

people = Table(
    "people",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("language", String(35), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("posts", PostsColumn, nullable=False),
    Column("addresses", AddressesColumn),
    Column("skills", TextsColumn, nullable=False),
    Column("superior_id", ForeignKey("people.id"), index=True),
    Column("staff_number", String(40), unique=True),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

# The posts once more, one a row, so that people are found by unit and role.
posts = Table(
    "posts",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("role", String(60), primary_key=True),
    Index("ix_posts_role_unit", "role", "unit"),
)

mapping.map_imperatively(Person, people, version_id_col=people.c.version)
encrypt_columns(Person, people)


ENTERING = 4_873_206  # any number, the same for everybody who enters people in this database


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a role, and the unit in which he or she holds it."""

    person_id: UUID
    unit: str


class People:
    """The staff directory. A person is seen from each unit at or above one of his posts."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._read: list[Person] = []  # The session itself holds nobody who is not changed.

    def keep(self, person: Person) -> None:
        """Store a person, new or changed."""
        self.session.add(person)
        self.session.flush()
        self.session.execute(delete(posts).where(posts.c.person_id == person.id))
        rows = [
            {"person_id": person.id, "unit": post.unit, "role": post.role} for post in person.posts
        ]
        self.session.execute(insert(posts), rows)

    def read(self, *person_ids: UUID | str | None) -> None:
        """Read several people at once, of whom each is found afterwards without a query; what is
        no person's id is passed over."""
        wanted = {_id(one) for one in person_ids} - {None}
        asked = {f"person_{place}": one for place, one in enumerate(wanted)}
        self._read += self.session.scalars(_these(len(asked)), asked).all()

    def find(self, person_id: UUID) -> Person | None:
        """A person whoever asks, or None; for checks that show nothing of the person."""
        return self.session.get(Person, person_id)

    def take(self, person_id: UUID) -> Person | None:
        """As ``find``; the person stays as he is until the commit."""
        query = select(Person).where(people.c.id == person_id).with_for_update()
        return self.session.scalar(query.execution_options(populate_existing=True))

    def of_number(self, staff_number: str) -> Person | None:
        """Who has a staff number, whoever asks; for checks that show nothing of the person."""
        return self.session.scalar(select(Person).where(people.c.staff_number == staff_number))

    def one_at_a_time(self) -> None:
        """Until the commit nobody else enters people: two at once could both bring the same id or
        staff number, which neither of them sees."""
        take_turn(self.session, ENTERING)

    def all_held(self) -> dict[UUID, Person]:
        """Everybody in the directory, whom nobody else changes meanwhile."""
        found = self.session.scalars(select(Person).order_by(people.c.id).with_for_update())
        return {person.id: person for person in found}

    def get(self, person_id: UUID, *, seen_from: str) -> Person:
        """Raises NotFound."""
        found = self.session.scalar(self.seen(seen_from, person_id=person_id))
        if found is None:
            raise NotFound("There is no such person, or none that you may see.")
        return found

    def seen(
        self,
        seen_from: str,
        *,
        role: str | None = None,
        unit: str | None = None,
        person_id: UUID | None = None,
    ) -> Select[Person]:
        """The people who may be seen from a unit, on request only those of a role or at a unit, or
        one of them."""
        held = exists().where(posts.c.person_id == people.c.id, within(posts.c.unit, seen_from))
        held = held.where(posts.c.role == role) if role else held
        held = held.where(posts.c.unit == unit) if unit else held
        found = select(Person).where(held)
        return found.where(people.c.id == person_id) if person_id else found

    def has_post(self, person_id: UUID, *, below: str) -> bool:
        """Whether somebody has a post in a unit or below it."""
        query = select(posts.c.person_id).where(posts.c.person_id == person_id)
        return self.session.scalar(query.where(within(posts.c.unit, below)).limit(1)) is not None

    def lock(self, person_id: UUID) -> None:
        """Let those wait for each other who change what one person has to do."""
        query = select(people.c.id).where(people.c.id == person_id).with_for_update()
        self.session.execute(query).all()

    def reports_of(self, person_id: UUID) -> Sequence[Person]:
        """Who stands directly below a person."""
        query = select(Person).where(people.c.superior_id == person_id)
        return self.session.scalars(query.order_by(people.c.id)).all()

    def superior_of(self, person_id: UUID) -> UUID | None:
        """Who stands directly above a person, who is locked: two changes at once could close a
        circle that neither of them sees."""
        above = select(people.c.superior_id).where(people.c.id == person_id).with_for_update()
        return self.session.scalar(above)

    def above(self, person_id: UUID, *, excluding: UUID | None = None) -> UUID | None:
        """The next superior of a person who is there, however far up; ``excluding`` is nobody's."""
        for superior_id in self.superiors(person_id):
            found = self.find(superior_id)
            if found is not None and found.active and superior_id != excluding:
                return superior_id
        return None

    def superiors(self, person_id: UUID) -> Iterator[UUID]:
        """All who stand above a person, the nearest first, whether they are there or not."""
        person = self.find(person_id)
        while person is not None and person.superior_id is not None:
            yield person.superior_id
            person = self.find(person.superior_id)

    def acting(self, caller: Caller) -> Person:
        """The active person behind a caller. Raises NotOnStaff."""
        person_id = _id(caller.id)
        person = self.find(person_id) if person_id else None
        if person is None or not person.active:
            raise NotOnStaff("only active staff of the directory may do this")
        return person

    def nearest(
        self, roles: Sequence[str], *, unit: str, excluding: UUID | None = None
    ) -> Holder | None:
        """Who holds one of ``roles`` for ``unit``: the search widens from the unit to the company.
        ``excluding`` is not looked for.

        At each unit all posts at or below it count; an earlier role goes before a later one, then
        the lower person id. Raises UnitUnknown.
        """
        for above in chain(self.session, unit):
            for role in roles:
                holders = self._holders(role, above)
                if excluding is not None:
                    holders = holders.where(posts.c.person_id != excluding)
                found = self.session.execute(holders.limit(1)).first()
                if found is not None:
                    return Holder(person_id=found.person_id, unit=found.unit)
        return None

    def _holders(self, role: str, above: str) -> Select[tuple[UUID, str]]:
        return (
            select(posts.c.person_id, posts.c.unit)
            .join(people, people.c.id == posts.c.person_id)
            .where(people.c.active, posts.c.role == role, within(posts.c.unit, above))
            .order_by(posts.c.person_id, posts.c.unit)
        )


@cache
def _these(count: int) -> Select[Person]:
    # Kept for a count: most commands ask for one or two people so.
    return select(Person).where(
        people.c.id.in_([bindparam(f"person_{place}", type_=Uuid()) for place in range(count)])
    )


def _id(told: UUID | str | None) -> UUID | None:
    """A person's id; None for the id of a token that names no person."""
    try:
        return UUID(told) if isinstance(told, str) else told
    except ValueError:
        return None
