"""Customers as they are found: by those who may see them, and by what happens to them."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, selectinload

from customer.adapters.grades import holding
from customer.adapters.mapping import Contact, Customer
from customer.adapters.tables import contacts, customers, memberships, name_grams
from customer.domain.duplicates import name_key
from customer.domain.grade_schemes import COMPUTED
from customer.domain.kinds import Kind
from shared.encrypted_columns import encryption_of
from shared.rules import NotFound
from shared.scope import seen_units, within

_WITH_GRADES = selectinload(Customer.grades)  # type: ignore[attr-defined]


class Customers:
    """The customers of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, customer: Customer) -> None:
        """Keep a new customer."""
        self._session.add(customer)

    def get(self, customer_id: UUID, *, unit: str) -> Customer:
        """The customer, as a person of ``unit`` sees him. Raises NotFound."""
        found = seen_from(unit).where(customers.c.id == customer_id)
        customer = self._session.scalars(found).one_or_none()
        if customer is None:
            raise NotFound("There is no such customer.")
        return customer

    def seen(
        self, customer_ids: Iterable[UUID], *, unit: str, below: str | None = None
    ) -> dict[UUID, Customer]:
        """Those of the customers that a person of ``unit`` sees, by id; with ``below`` those that
        belong to that unit or one under it."""
        query = seen_from(unit).where(customers.c.id.in_(list(customer_ids)))
        if below is not None:
            query = query.where(within(customers.c.org_unit, below))
        return {customer.id: customer for customer in self._session.scalars(query)}

    def found(
        self,
        *,
        unit: str,
        most: int,
        phone: str | None = None,
        name: str | None = None,
        number: str | None = None,
    ) -> list[Customer]:
        """The first ``most`` by id, of those whom a person of ``unit`` sees, with a contact of that
        telephone number, with ``name``, of two characters at least, in their name, or with that
        number. A consumer's name is that of a person: only the whole of it finds him. Their grades
        are read with them."""
        query = _standing_in(seen_units(self._session, unit), after=None)
        query = query.order_by(customers.c.id).limit(most).options(_WITH_GRADES)
        if phone is not None:
            at = contacts.c.phone_index == self._index(phone)
            query = query.where(customers.c.id.in_(select(contacts.c.customer_id).where(at)))
        if number is not None:
            query = query.where(customers.c.number == number)
        if name is None:
            return list(self._session.scalars(query))
        # Asked for both at once PostgreSQL would work the pairs of every candidate out again.
        asked = (query.where(_consumer(name)), query.where(self._named_in_part(name)))
        found = [one for each in asked for one in self._session.scalars(each)]
        return sorted(found, key=lambda one: one.id)[:most]

    def known(self, customer_id: UUID) -> Customer:
        """A customer whoever asks, for what the service does by itself; nobody else changes him
        until the commit. Raises NoResultFound."""
        return self._session.get_one(Customer, customer_id, with_for_update=True)

    def of_contact(self, contact: Contact) -> Customer:
        """The customer at whom a contact is, for the contact himself."""
        return self._session.get_one(Customer, contact.customer_id)

    def owned_by(self, owner_id: UUID) -> list[UUID]:
        """The ids of those whose owner is that person."""
        query = select(customers.c.id).where(customers.c.owner_id == owner_id)
        return list(self._session.scalars(query.order_by(customers.c.id)))

    def by_numbers(self, numbers: Iterable[str]) -> dict[str, Customer]:
        """Those of the whole company that have one of ``numbers``, locked until the commit."""
        query = select(Customer).where(customers.c.number.in_(list(numbers)))
        found = self._session.scalars(query.order_by(customers.c.id).with_for_update())
        return {customer.number: customer for customer in found}

    def wanting(self, visitor_id: UUID) -> list[UUID]:
        """The ids of those whose own visitor is that person."""
        query = select(customers.c.id).where(customers.c.visitor_id == visitor_id)
        return list(self._session.scalars(query))

    def listed(
        self,
        *,
        unit: str,
        below: str | None = None,
        grade: str | None = None,
        open_only: bool = False,
        number: str | None = None,
        industry: str | None = None,
        region: str | None = None,
        after: ColumnElement[UUID] | None = None,
    ) -> Select[Customer]:
        """What a person of ``unit`` sees, narrowed by what is given: ``below`` keeps the customers
        of that unit and of those under it, ``grade`` those who hold it there, ``after`` those
        behind an id. Their grades are read with them."""
        units = seen_units(self._session, unit)
        query = _standing_in(units, after=after)
        query = query.options(_WITH_GRADES)
        if below is not None:
            query = query.where(customers.c.org_unit.in_(seen_units(self._session, below)))
        if grade is not None:
            query = _holding(query, grade, units=units, open_only=open_only)
        named = {"number": number, "industry": industry, "region": region}
        wanted = {name: value for name, value in named.items() if value is not None}
        return query.where(*(customers.c[name] == value for name, value in wanted.items()))

    def reached_at(self, phones: Collection[str]) -> list[tuple[str, UUID]]:
        """Each of the telephone numbers that is a contact's, with his customer, whoever asks."""
        known = {self._index(phone): phone for phone in phones}
        query = select(contacts.c.phone_index, contacts.c.customer_id)
        query = query.where(contacts.c.phone_index.in_(known))
        return [(known[index], id_) for index, id_ in self._session.execute(query)]

    def _named_in_part(self, part: str) -> ColumnElement[bool]:
        """The pairs of characters say who may have such a name, then the name itself is asked."""
        if self._session.get_bind().dialect.name == "postgresql":
            may = func.name_grams(customers.c.name).op("@>")(func.name_grams(part))
            holds = customers.c.name.contains(part, autoescape=True)
        else:
            first = select(name_grams.c.customer_id).where(name_grams.c.gram == part[:2])
            may = customers.c.id.in_(first)
            holds = func.instr(customers.c.name, part) > 0
        return and_(may, holds, customers.c.kind != Kind.CONSUMER)

    def _index(self, phone: str) -> bytes:
        return encryption_of(self._session).index(phone, contacts.name, contacts.c.phone.name)


def _consumer(name: str) -> ColumnElement[bool]:
    named = and_(customers.c.name_key == name_key(name), customers.c.name == name)
    return and_(named, customers.c.kind == Kind.CONSUMER)


def _standing_in(units: Sequence[str], *, after: ColumnElement[UUID] | None) -> Select[Customer]:
    """Who stands in one of ``units``. Customers and memberships are both read in the order of ids,
    so both are told where to begin."""
    stands = exists().where(
        memberships.c.customer_id == customers.c.id, memberships.c.unit.in_(units)
    )
    if after is None:
        return select(Customer).where(stands)
    return select(Customer).where(stands.where(memberships.c.customer_id > after))


def _holding(
    query: Select[Customer], code: str, *, units: Sequence[str], open_only: bool
) -> Select[Customer]:
    """Those of ``query`` who hold the grade ``scheme:grade`` in one of ``units``."""
    held = holding(code, units=units, open_only=open_only)
    if code.partition(":")[0] not in COMPUTED:
        return query.where(customers.c.id.in_(held))
    # Nobody has two classes of one computed scheme, so a join finds him once, in the order of ids.
    found = held.subquery()
    return query.join(found, found.c.customer_id == customers.c.id)


def seen_from(unit: str) -> Select[Customer]:
    """Every customer in the customer bases of ``unit`` and of the units below it; all that anybody
    sees starts here."""
    stands = exists().where(
        memberships.c.customer_id == customers.c.id, within(memberships.c.unit, unit)
    )
    return select(Customer).where(stands)
