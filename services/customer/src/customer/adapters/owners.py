"""Who of ours is linked to a customer, and what was handed over."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from customer.adapters.customers import seen_from
from customer.adapters.mapping import Customer, Handover, StaffLink
from customer.adapters.tables import contacts, customers, handovers, staff_links
from customer.domain.owners import Link
from shared.outbox import upsert
from shared.scope import within


class Owners:
    """The links and hand-overs of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def hand_over(self, handover: Handover) -> None:
        """Keep what was handed over."""
        self._session.add(handover)

    def handovers(self, customer_id: UUID) -> Select[Handover]:
        """The query of what was handed over of one customer."""
        return select(Handover).where(handovers.c.customer_id == customer_id)

    def link(self, customer_id: UUID, person_id: UUID, link: Link, *, now: datetime) -> None:
        """Link a person to a customer; one who is linked already is so in another way then."""
        self._session.flush()
        statement = upsert(self._session.get_bind().dialect)(staff_links).values(
            customer_id=customer_id, person_id=person_id, link=link, since=now, version=1
        )
        self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["customer_id", "person_id"],
                set_={"link": link, "version": staff_links.c.version + 1},
            )
        )

    def unlink(self, customer_id: UUID, person_id: UUID) -> None:
        """End a link."""
        self._session.execute(
            delete(staff_links).where(
                staff_links.c.customer_id == customer_id, staff_links.c.person_id == person_id
            )
        )

    def links(self, customer_id: UUID) -> Select[StaffLink]:
        """The query of who is linked to one customer."""
        return select(StaffLink).where(staff_links.c.customer_id == customer_id)

    def links_by(self, person_id: UUID) -> list[StaffLink]:
        """The links of one person."""
        query = select(StaffLink).where(staff_links.c.person_id == person_id)
        return list(self._session.scalars(query.order_by(staff_links.c.customer_id)))

    def advisors(self, customer_id: UUID) -> frozenset[UUID]:
        """The advisors of a customer."""
        query = select(staff_links.c.person_id).where(
            staff_links.c.customer_id == customer_id, staff_links.c.link == Link.ADVISOR
        )
        return frozenset(self._session.scalars(query))

    def scarcely_linked(self, *, unit: str, below: str, least: int) -> Select[Customer]:
        """The query of the customers of ``below`` who are known by fewer than ``least`` contacts
        and persons of ours, as a person of ``unit`` sees them (CF-22)."""
        known = _count(contacts, contacts.c.active) + _count(staff_links, None)
        return seen_from(unit).where(within(customers.c.org_unit, below), known < least)


def _count(table: Any, condition: Any) -> Any:
    query = select(func.count()).where(table.c.customer_id == customers.c.id)
    if condition is not None:
        query = query.where(condition)
    return query.correlate(customers).scalar_subquery()
