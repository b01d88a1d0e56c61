"""The customers of an export, read in batches so that memory stays bounded."""

from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from customer.adapters.contacts import Contacts
from customer.adapters.customers import seen_from
from customer.adapters.mapping import Contact, Customer
from customer.adapters.tables import customers
from customer.domain.exports import Export
from shared.scope import within

BATCH = 500


class Exports:
    """The exports of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self, export: Export, *, most: int) -> int:
        """How many customers the export holds; it stops counting behind ``most``."""
        held = _held(export).with_only_columns(customers.c.id).limit(most + 1)
        return self._session.scalar(select(func.count()).select_from(held.subquery())) or 0

    def batch(self, export: Export, *, after: UUID | None) -> list[tuple[Customer, list[Contact]]]:
        """The next customers by id with their contacts; none behind the last."""
        query = _held(export).order_by(customers.c.id).limit(BATCH)
        if after is not None:
            query = query.where(customers.c.id > after)
        found = list(self._session.scalars(query))
        contacts = Contacts(self._session).by_customer(one.id for one in found)
        return [(one, contacts.get(one.id, [])) for one in found]


def _held(export: Export) -> Select[Customer]:
    query = seen_from(export.viewer).where(within(customers.c.org_unit, export.below))
    if export.customer_ids is not None:
        query = query.where(customers.c.id.in_(export.customer_ids))
    return query
