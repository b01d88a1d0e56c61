"""Contacts of customers. Who may see the customer may see them; his file is asked for first."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, null, select
from sqlalchemy.orm import Session

from customer.adapters.customers import seen_from
from customer.adapters.mapping import Contact
from customer.adapters.tables import contacts, customers
from shared.rules import NotFound


class Contacts:
    """The contacts of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, contact: Contact) -> None:
        """Keep a new contact."""
        self._session.add(contact)

    def get(self, contact_id: UUID, *, customer_id: UUID) -> Contact:
        """A contact of that customer. Raises NotFound."""
        query = self.listed(customer_id).where(contacts.c.id == contact_id)
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such contact.")
        return found

    def find(self, contact_id: UUID) -> Contact | None:
        """The contact of that id, if it is one of ours and not of the staff."""
        return self._session.get(Contact, contact_id)

    def listed(self, customer_id: UUID) -> Select[Contact]:
        """The query of the contacts of one customer."""
        return select(Contact).where(contacts.c.customer_id == customer_id)

    def unreachable(self, *, unit: str) -> Select[Contact]:
        """The query of the contacts at whose address nobody was reached, of the customers that a
        person of ``unit`` sees."""
        seen = seen_from(unit).with_only_columns(customers.c.id)
        return select(Contact).where(
            contacts.c.unreachable.is_not(null()), contacts.c.customer_id.in_(seen)
        )

    def of(self, customer_id: UUID) -> list[Contact]:
        """All contacts of one customer."""
        return list(self._session.scalars(self.listed(customer_id).order_by(contacts.c.id)))

    def by_customer(self, customer_ids: Iterable[UUID]) -> dict[UUID, list[Contact]]:
        """All contacts of several customers, oldest first."""
        query = select(Contact).where(contacts.c.customer_id.in_(list(customer_ids)))
        found: dict[UUID, list[Contact]] = {}
        for contact in self._session.scalars(query.order_by(contacts.c.id)):
            found.setdefault(contact.customer_id, []).append(contact)
        return found
