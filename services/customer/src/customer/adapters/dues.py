"""What is due next for a customer: one function an area, each with one statement."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from customer.adapters.tables import customer_complaints, customer_work_orders, visits
from customer.adapters.visits import seen_by
from customer.domain import complaints, work_orders
from customer.domain.dues import Due, in_order
from customer.domain.staff import Caller
from customer.domain.visit_states import OPEN

# So many of each kind are shown; the lists of the areas have them all.
MOST = 20


def due_visits(session: Session, customer_id: UUID, caller: Caller) -> list[Due]:
    """The open visits that the caller sees."""
    query = seen_by(caller).where(visits.c.customer_id == customer_id, visits.c.state.in_(OPEN))
    return [
        Due(
            kind="visit",
            subject_id=visit.id,
            what=visit.activity,
            by=visit.visitor_id,
            due_on=visit.due_on,
        )
        for visit in session.scalars(query.order_by(visits.c.due_on, visits.c.id).limit(MOST))
    ]


def due_first_contacts(session: Session, customer_id: UUID, _caller: Caller) -> list[Due]:
    """The complaints whose complainant was not contacted yet."""
    table = customer_complaints.c
    query = (
        select(table.id, table.number, table.handler_id, table.first_contact_due_at)
        .where(table.customer_id == customer_id, table.state == complaints.State.RECEIVED)
        .order_by(table.first_contact_due_at, table.id)
    )
    return [
        Due(
            kind="first_contact",
            subject_id=row.id,
            what=row.number,
            by=row.handler_id,
            due_at=row.first_contact_due_at,
        )
        for row in session.execute(query.limit(MOST))
    ]


def due_replies(session: Session, customer_id: UUID, _caller: Caller) -> list[Due]:
    """The work orders that are not carried out yet."""
    table = customer_work_orders.c
    query = (
        select(table.id, table.order_no, table.worker_id, table.reply_due_at)
        .where(table.customer_id == customer_id, table.state.in_(work_orders.TO_DO))
        .order_by(table.reply_due_at, table.id)
    )
    return [
        Due(
            kind="work_order",
            subject_id=row.id,
            what=row.order_no or "",
            by=row.worker_id,
            due_at=row.reply_due_at,
        )
        for row in session.execute(query.limit(MOST))
    ]


AREAS: tuple[Callable[[Session, UUID, Caller], list[Due]], ...] = (
    due_visits,
    due_first_contacts,
    due_replies,
)


def due_next(session: Session, customer_id: UUID, caller: Caller) -> list[Due]:
    """What all areas have, what is due first in front."""
    return in_order(due for area in AREAS for due in area(session, customer_id, caller))
