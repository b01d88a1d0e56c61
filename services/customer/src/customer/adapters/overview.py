"""All that is known of a customer, read with a fixed number of statements."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from customer.adapters.complaints import Complaints
from customer.adapters.contacts import Contacts
from customer.adapters.dues import due_next
from customer.adapters.history import ContactHistory
from customer.adapters.mapping import Customer
from customer.adapters.memberships import Memberships
from customer.adapters.tables import (
    contact_history,
    contacts,
    customer_complaints,
    customer_work_orders,
    purchases,
    visits,
)
from customer.adapters.visits import Visits
from customer.adapters.work_orders import WorkOrders
from customer.domain import complaints, work_orders
from customer.domain.staff import Caller
from customer.domain.visit_states import OPEN, State

# So many rows of each kind are shown; the list of each kind has them all.
MOST = 20


class Overview:
    """One customer as one caller sees him, whose right to see him was asked before."""

    def __init__(self, session: Session, customer: Customer, caller: Caller) -> None:
        self._session = session
        self._customer = customer
        self._caller = caller

    def read(self) -> dict[str, Any]:
        """The four sections of the file (CF-05), and what is open and due."""
        return {
            "customer_id": self._id,
            "basic_data": {"customer": self._customer, "contacts": self._contacts()},
            "grades": self._customer.grades,  # type: ignore[attr-defined]
            "memberships": Memberships(self._session).of(self._id),
            "transactions": {"purchases": self._purchases()},
            "communications": {"visits": self._visits_made(), "messages": self._messages()},
            "complaint_handling": self._complaint_handling(),
            "open_visits": self._open_visits(),
            "due_next": due_next(self._session, self._id, self._caller),
        }

    @property
    def _id(self) -> UUID:
        return self._customer.id

    def _contacts(self) -> list[Any]:
        query = Contacts(self._session).listed(self._id).order_by(contacts.c.id)
        return self._entities(query)

    def _purchases(self) -> Any:
        query = select(purchases).where(purchases.c.customer_id == self._id)
        return self._session.execute(query).first()

    def _visits_made(self) -> list[Any]:
        query = self._visits().where(visits.c.state == State.DONE)
        return self._entities(query.order_by(visits.c.completed_on.desc(), visits.c.id.desc()))

    def _open_visits(self) -> list[Any]:
        query = self._visits().where(visits.c.state.in_(OPEN))
        return self._entities(query.order_by(visits.c.due_on, visits.c.id))

    def _visits(self) -> Select[Any]:
        return Visits(self._session).listed(caller=self._caller, customer_id=self._id)

    def _messages(self) -> list[Any]:
        query = ContactHistory(self._session).listed(self._id)
        latest = [contact_history.c.sent_at.desc(), contact_history.c.message_id.desc()]
        return list(self._session.execute(query.order_by(*latest).limit(MOST)))

    def _complaint_handling(self) -> dict[str, Any]:
        table, orders = customer_complaints.c, customer_work_orders.c
        known = Complaints(self._session).listed(self._id)
        known = known.where(table.state.in_(complaints.OPEN))
        to_do = WorkOrders(self._session).listed(self._id)
        to_do = to_do.where(orders.state.in_(work_orders.OPEN))
        return {
            **self._complaint_counts(),
            "open_complaints": self._entities(known.order_by(table.filed_at.desc(), table.id)),
            "open_work_orders": self._entities(to_do.order_by(orders.opened_at.desc(), orders.id)),
        }

    def _complaint_counts(self) -> dict[str, Any]:
        table = customer_complaints.c
        row = self._session.execute(
            select(
                func.count().label("complaints"),
                func.coalesce(func.sum(table.contacts), 0).label("contacts"),
                func.avg(table.satisfaction).label("satisfaction"),
            ).where(table.customer_id == self._id)
        ).one()
        return dict(row._mapping)

    def _entities(self, query: Select[Any]) -> list[Any]:
        return list(self._session.scalars(query.limit(MOST)))
