"""All that is known of a customer, read with a fixed number of statements."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from customer.adapters.admission import Admissions
from customer.adapters.blacklist import Blacklist
from customer.adapters.complaints import Complaints
from customer.adapters.contacts import Contacts
from customer.adapters.contracts import Contracts
from customer.adapters.documents import Documents
from customer.adapters.dues import due_next
from customer.adapters.exits import Exits
from customer.adapters.files import Files
from customer.adapters.gatherings import Gatherings, inviting
from customer.adapters.history import ContactHistory
from customer.adapters.issues import Issues
from customer.adapters.mapping import Customer
from customer.adapters.memberships import Memberships
from customer.adapters.needs import Needs, unacknowledged
from customer.adapters.partners import Partners
from customer.adapters.tables import (
    admissions,
    blacklist_entries,
    contact_history,
    contacts,
    contracts,
    customer_complaints,
    customer_work_orders,
    documents,
    exit_cases,
    gatherings,
    issues,
    needs,
    purchases,
    visits,
)
from customer.adapters.visits import Visits
from customer.adapters.work_orders import WorkOrders
from customer.domain import (
    blacklist_states,
    complaints,
    exit_states,
    gathering_states,
    work_orders,
)
from customer.domain import issues as raised
from customer.domain.staff import Caller
from customer.domain.visit_states import OPEN, State

# So many rows of each kind are shown; the list of each kind has them all.
MOST = 20


class Overview:
    """One customer as one caller sees him, whose right to see him was asked before.

    ``hidden`` names the sections and the kinds of dues that are empty for him.
    """

    def __init__(
        self, session: Session, customer: Customer, caller: Caller, *, hidden: Collection[str] = ()
    ) -> None:
        self._session = session
        self._customer = customer
        self._caller = caller
        self._hidden = hidden

    def read(self) -> dict[str, Any]:
        """The four sections of the file (CF-05), where he stands, and what is open and due."""
        return {
            "customer_id": self._id,
            "basic_data": {"customer": self._customer, "contacts": self._contacts()},
            "file": Files(self._session).seen(self._id),
            "documents": self._documents(),
            "grades": self._customer.grades,  # type: ignore[attr-defined]
            "memberships": Memberships(self._session).of(self._id),
            "admissions": self._admissions(),
            "partner_form": self._partner_form(),
            "blacklist": self._blacklist(),
            "open_exits": self._open_exits(),
            "transactions": {"purchases": self._purchases(), "contracts": self._contracts()},
            "communications": {"visits": self._visits_made(), "messages": self._messages()},
            "complaint_handling": self._complaint_handling(),
            "open_visits": self._open_visits(),
            "open_issues": self._open_issues(),
            "open_needs": self._open_needs(),
            "gatherings": self._gatherings(),
            "due_next": due_next(self._session, self._id, self._caller, without=self._hidden),
        }

    @property
    def _id(self) -> UUID:
        return self._customer.id

    def _contacts(self) -> list[Any]:
        query = Contacts(self._session).listed(self._id).order_by(contacts.c.id)
        return self._entities(query)

    def _documents(self) -> list[Any]:
        latest = [documents.c.collected_at.desc(), documents.c.id.desc()]
        return self._entities(Documents(self._session).listed(self._id).order_by(*latest))

    def _admissions(self) -> list[Any]:
        query = Admissions(self._session).listed(self._id, seen_from=self._caller.unit)
        return self._entities(query.order_by(admissions.c.opened_at.desc(), admissions.c.id.desc()))

    def _partner_form(self) -> Any:
        if "partner_form" in self._hidden:
            return None
        return Partners(self._session).seen(self._id, seen_from=self._caller.unit)

    def _blacklist(self) -> list[Any]:
        if "blacklist" in self._hidden:
            return []
        query = Blacklist(self._session).shared_with(self._caller.unit)
        table = blacklist_entries.c
        live = (table.customer_id == self._id, table.state.in_(blacklist_states.LIVE))
        return self._entities(query.where(*live).order_by(table.scope, table.id))

    def _open_exits(self) -> list[Any]:
        if "open_exits" in self._hidden:
            return []
        query = Exits(self._session).listed(
            unit=self._caller.unit, customer_id=self._id, state=exit_states.State.PROPOSED
        )
        return self._entities(query.order_by(exit_cases.c.proposed_at, exit_cases.c.id))

    def _contracts(self) -> list[Any]:
        query = Contracts(self._session).listed(self._id, seen_from=self._caller.unit)
        return self._entities(query.order_by(contracts.c.drafted_at.desc(), contracts.c.id.desc()))

    def _purchases(self) -> Any:
        query = select(purchases).where(purchases.c.customer_id == self._id)
        return self._session.execute(query).first()

    def _visits_made(self) -> list[Any]:
        query = self._visits().where(visits.c.state == State.DONE)
        return self._entities(query.order_by(visits.c.completed_on.desc(), visits.c.id.desc()))

    def _open_visits(self) -> list[Any]:
        query = self._visits().where(visits.c.state.in_(OPEN))
        return self._entities(query.order_by(visits.c.due_on, visits.c.id))

    def _open_issues(self) -> list[Any]:
        query = Issues(self._session).listed(unit=self._caller.unit, customer_id=self._id)
        query = query.where(issues.c.state != raised.State.CLOSED)
        return self._entities(query.order_by(issues.c.due_at, issues.c.id))

    def _open_needs(self) -> list[Any]:
        query = Needs(self._session).listed(unit=self._caller.unit, customer_id=self._id)
        return self._entities(query.where(unacknowledged()).order_by(needs.c.id))

    def _gatherings(self) -> list[Any]:
        query = Gatherings(self._session).seen_from(self._caller.unit).where(inviting(self._id))
        query = query.where(gatherings.c.state.not_in(gathering_states.OVER))
        return self._entities(query.order_by(gatherings.c.planned_on, gatherings.c.id))

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
