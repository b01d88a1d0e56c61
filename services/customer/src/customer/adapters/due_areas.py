"""What each area has that is due for a customer: one query an area."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    Uuid,
    and_,
    cast,
    exists,
    func,
    null,
    or_,
    select,
)

from customer.adapters.gatherings import inviting
from customer.adapters.tables import (
    change_notices,
    communications,
    customer_complaints,
    customer_work_orders,
    customers,
    documents,
    files,
    gatherings,
    grade_problems,
    issues,
    need_targets,
    needs,
    stage_reviews,
    visits,
)
from customer.adapters.visits import visible_to
from customer.domain import change_notices as notices
from customer.domain import (
    communication_states,
    complaints,
    gathering_states,
    stage_review_states,
    work_orders,
)
from customer.domain import issues as raised
from customer.domain.file_states import FileState
from customer.domain.staff import Caller
from customer.domain.visit_states import OPEN
from shared.scope import within
from shared.tables import UtcDateTime

# So many of each kind are looked at; the lists of the areas have them all.
MOST = 20


def due(
    subject: ColumnElement[UUID],
    what: ColumnElement[Any],
    *,
    unit: ColumnElement[str],
    by: ColumnElement[UUID] | None = None,
    on: ColumnElement[date] | None = None,
    at: ColumnElement[datetime] | None = None,
) -> Select[Any]:
    """The query of what is due of one kind, in the columns of a Due but the kind; what a kind does
    not have is NULL, of the type that the others have."""
    day = cast(null(), Date) if on is None else on
    moment = cast(null(), UtcDateTime) if at is None else at
    columns: dict[str, ColumnElement[Any]] = {
        "subject_id": subject,
        "what": cast(what, String),
        "unit": unit,
        "by": cast(null(), Uuid) if by is None else by,
        "due_on": day,
        "due_at": moment,
    }
    named = (column.label(name) for name, column in columns.items())
    return select(*named).order_by(day, moment, subject).limit(MOST)


def due_visits(customer_id: UUID, caller: Caller) -> Select[Any]:
    """The open visits that the caller sees."""
    table = visits.c
    wanted = (table.customer_id == customer_id, table.state.in_(OPEN), visible_to(caller))
    return due(
        table.id, table.activity, unit=table.org_unit, by=table.visitor_id, on=table.due_on
    ).where(*wanted)


def due_first_contacts(customer_id: UUID, _caller: Caller) -> Select[Any]:
    """The complaints whose complainant was not contacted yet."""
    table = customer_complaints.c
    return due(
        table.id,
        table.number,
        unit=table.org_unit,
        by=table.handler_id,
        at=table.first_contact_due_at,
    ).where(table.customer_id == customer_id, table.state == complaints.State.RECEIVED)


def due_replies(customer_id: UUID, _caller: Caller) -> Select[Any]:
    """The work orders that are not carried out yet."""
    table = customer_work_orders.c
    return due(
        table.id,
        func.coalesce(table.order_no, ""),
        unit=table.org_unit,
        by=table.worker_id,
        at=table.reply_due_at,
    ).where(table.customer_id == customer_id, table.state.in_(work_orders.TO_DO))


def due_documents(customer_id: UUID, _caller: Caller) -> Select[Any]:
    """The documents that end, unless another one of their kind holds longer."""
    table, other = documents.c, documents.alias("other_documents").c
    longer = exists().where(
        other.customer_id == table.customer_id,
        other.kind == table.kind,
        other.product == table.product,
        or_(other.valid_until.is_(None), other.valid_until > table.valid_until),
    )
    return due(
        table.id, table.kind, unit=customers.c.org_unit, by=table.collector_id, on=table.valid_until
    ).where(
        table.customer_id == customer_id,
        customers.c.id == table.customer_id,
        table.valid_until.is_not(None),
        ~longer,
    )


def due_file_reviews(customer_id: UUID, _caller: Caller) -> Select[Any]:
    """The next review of the file."""
    table = files.c
    return due(
        table.customer_id,
        func.coalesce(table.number, ""),
        unit=customers.c.org_unit,
        by=customers.c.owner_id,
        at=table.review_due_at,
    ).where(
        table.customer_id == customer_id,
        customers.c.id == table.customer_id,
        table.review_due_at.is_not(None),
        table.state != FileState.VOID,
    )


def due_changes(customer_id: UUID, _caller: Caller) -> Select[Any]:
    """The major changes that the file does not follow yet."""
    table = change_notices.c
    return due(
        table.id, table.state, unit=table.org_unit, by=customers.c.owner_id, at=table.due_at
    ).where(
        table.customer_id == customer_id,
        customers.c.id == table.customer_id,
        table.state.in_(notices.PENDING),
    )


def due_reviews(customer_id: UUID, caller: Caller) -> Select[Any]:
    """The stage reviews that nobody has reported."""
    table = stage_reviews.c
    return due(table.id, table.scheme, unit=table.unit, on=table.due_on).where(
        table.customer_id == customer_id,
        table.state.in_(stage_review_states.PENDING),
        within(table.unit, caller.unit),
    )


def due_downgrades(customer_id: UUID, caller: Caller) -> Select[Any]:
    """The grades that a problem asks to lower."""
    table = grade_problems.c
    return due(table.id, table.scheme, unit=table.unit, on=table.due_on).where(
        table.customer_id == customer_id,
        table.settled_at.is_(None),
        within(table.unit, caller.unit),
    )


def due_answers(customer_id: UUID, caller: Caller) -> Select[Any]:
    """The issues that wait for their answer."""
    table = issues.c
    return due(
        table.id, table.source, unit=table.org_unit, by=table.responsible_id, at=table.due_at
    ).where(
        table.customer_id == customer_id,
        table.state.in_(raised.PENDING),
        within(table.org_unit, caller.unit),
    )


def due_acknowledgements(customer_id: UUID, caller: Caller) -> Select[Any]:
    """The needs that a department has not acknowledged."""
    table = need_targets.c
    return due(needs.c.id, needs.c.dimension, unit=table.unit, at=table.due_at).where(
        needs.c.customer_id == customer_id,
        table.need_id == needs.c.id,
        table.acknowledged_at.is_(None),
        or_(within(needs.c.org_unit, caller.unit), within(table.unit, caller.unit)),
    )


def due_talks(customer_id: UUID, caller: Caller) -> Select[Any]:
    """The communications that are planned, and the minutes of those that were held."""
    table, state = communications.c, communication_states.State
    minutes = and_(table.state.in_((state.HELD, state.OVERDUE)), table.minutes_due_at.is_not(None))
    return due(
        table.id,
        table.kind,
        unit=table.org_unit,
        by=table.planned_by,
        at=func.coalesce(table.minutes_due_at, table.planned_for),
    ).where(
        table.customer_id == customer_id,
        or_(table.state == state.PLANNED, minutes),
        within(table.org_unit, caller.unit),
    )


def due_gatherings(customer_id: UUID, caller: Caller) -> Select[Any]:
    """The gatherings to which he is invited and that were not held yet."""
    table = gatherings.c
    return due(
        table.id, table.kind, unit=table.org_unit, by=table.organiser_id, on=table.planned_on
    ).where(
        inviting(customer_id),
        table.state.in_(gathering_states.AHEAD),
        within(table.org_unit, caller.unit),
    )
