"""Where work orders are kept, and who may see them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    Uuid,
    and_,
    bindparam,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from dispatch.adapters.columns import (
    AssignmentColumn,
    CallBackColumn,
    PreferenceColumn,
    ReportsColumn,
    SignatureColumn,
    UnableColumn,
    mapping,
    metadata,
)
from dispatch.adapters.people import people
from dispatch.domain.callers import Caller
from dispatch.domain.deadlines import Awaited
from dispatch.domain.work_order_states import ENDS, Source, State
from dispatch.domain.work_orders import WorkOrder
from shared.columns import BecauseColumn
from shared.rules import NotFound
from shared.scope import may_see, seen_units, within
from shared.tables import UtcDateTime, by_value

QUEUED = ("queue_place", "reply_due_at", "id")
AWAITED = text("next_due_at IS NOT NULL")
IS_OPEN: dict[str, Any] = {"postgresql_where": AWAITED, "sqlite_where": AWAITED}

work_orders = Table(
    "work_orders",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False, index=True),
    Column("asking_unit", String(60)),
    Column("source", by_value(Source), nullable=False),
    Column("state", by_value(State), nullable=False),
    Column("order_no", String(80), unique=True),
    Column("book_no", String(12)),
    Column("page_no", Integer),
    Column("category", String(80)),
    Column("place", String(300)),
    Column("content", Text),
    Column("requirements", Text),
    Column("reply_due_at", UtcDateTime, nullable=False),
    Column("dispatcher_id", Uuid, index=True),
    Column("receiver_id", Uuid),
    Column("complaint_id", Uuid, index=True),
    Column("request_id", Uuid, unique=True),  # one order a request, however often it is told
    Column("customer_id", Uuid, index=True),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("issued_at", UtcDateTime),
    Column("accepted_at", UtcDateTime),
    Column("acceptance", SignatureColumn),
    Column("remarks", Text),
    Column("client_signature", SignatureColumn),
    Column("completed_at", UtcDateTime),
    Column("call_back_made", CallBackColumn),
    Column("dispatcher_signature", SignatureColumn),
    Column("signed_by", Uuid),
    Column("archived_by", Uuid),
    Column("archived_at", UtcDateTime),
    Column("progress_reports", ReportsColumn, nullable=False),
    Column("unable_report", UnableColumn),
    Column("decider_id", Uuid, index=True),
    Column("cancelled_by", Uuid),
    Column("cancelled_at", UtcDateTime),
    Column("from_paper", Boolean, nullable=False),
    Column("receiver_gone", Boolean, nullable=False),
    Column("awaited", by_value(Awaited)),
    Column("next_due_at", UtcDateTime),
    Column("warn_at", UtcDateTime),
    Column("overdue_at", UtcDateTime),
    Column("preference", PreferenceColumn, nullable=False, server_default="{}"),
    Column("queue_place", Integer, nullable=False, server_default="9999"),
    Column("assignment", AssignmentColumn),
    Column("reply_due_because", BecauseColumn),
    Column("version", Integer, nullable=False),
    Index("ix_work_orders_receiver_id_state", "receiver_id", "state"),
    Index("ix_work_orders_receiver_id_issued_at", "receiver_id", "issued_at"),
    # Of what is open alone, and in the order of the queue, so that a page costs what it shows: of
    # the company, of one unit, and of one receiver.
    Index("ix_work_orders_queue", *QUEUED, **IS_OPEN),
    Index("ix_work_orders_unit_queue", "org_unit", *QUEUED, **IS_OPEN),
    Index("ix_work_orders_receiver_queue", "receiver_id", *QUEUED, **IS_OPEN),
)

mapping.map_imperatively(WorkOrder, work_orders, version_id_col=work_orders.c.version)


class WorkOrders:
    """All work orders. Every query that answers a caller goes through ``seen``."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, order: WorkOrder) -> None:
        self.session.add(order)

    def get(self, order_id: UUID, caller: Caller) -> WorkOrder:
        """Raises NotFound."""
        asked = {"order_id": order_id, "me": _person_of(caller)}
        found = self.session.scalar(_one_seen_from(caller.unit), asked)
        if found is None:
            raise NotFound("There is no such work order, or none that you may see.")
        return found

    def known(self, order_id: UUID) -> WorkOrder:
        """An order whoever asks; for what the service does by itself. Raises NoResultFound."""
        return self.session.get_one(WorkOrder, order_id)

    def of_request(self, request_id: UUID) -> WorkOrder | None:
        """The order that a request for field work has opened already."""
        query = select(WorkOrder).where(work_orders.c.request_id == request_id)
        return self.session.scalar(query)

    def seen(self, caller: Caller) -> Select[WorkOrder]:
        """What lies in the caller's units, and wherever it lies what was given to or by him, what
        he decides on, and what was given to those directly below him."""
        return _seen(caller.unit, _person_of(caller))

    def _listed(self, caller: Caller) -> Select[WorkOrder]:
        """The same for a list: a database that is told the units and the people, and not how to
        find them, reads a page of them from its indexes."""
        units = seen_units(self.session, caller.unit)
        me = _person_of(caller)
        below = self.session.scalars(_below(me)).all()
        return select(WorkOrder).where(or_(work_orders.c.org_unit.in_(units), _own(me, below)))

    def roles_over(self, order: WorkOrder, caller: Caller) -> frozenset[str]:
        """The caller's roles as far as they count for an order: none where it lies outside his
        units and he did not give it out, but merely received it."""
        given = order.dispatcher_id == _person_of(caller)
        within_his = may_see(self.session, principal_unit=caller.unit, unit=order.org_unit)
        return caller.roles if given or within_his else frozenset()

    def in_hands_of(self, person_id: UUID) -> Sequence[UUID]:
        """The ids of the orders that have not ended and in which a person has a part."""
        of = work_orders.c
        part = or_(
            of.dispatcher_id == person_id,
            of.receiver_id == person_id,
            of.decider_id == person_id,
        )
        query = select(of.id).where(part, of.state.not_in(ENDS))
        return self.session.scalars(query.order_by(of.id)).all()

    def open_of(self, customer_id: UUID, *, below: str | None) -> Sequence[UUID]:
        """The ids of the orders for a customer that have not ended; where ``below`` is given
        those that lie in it or under it, or were asked for there."""
        query = select(work_orders.c.id).where(
            work_orders.c.customer_id == customer_id, work_orders.c.state.not_in(ENDS)
        )
        if below is not None:
            of = work_orders.c
            query = query.where(or_(within(of.org_unit, below), within(of.asking_unit, below)))
        return self.session.scalars(query.order_by(work_orders.c.id)).all()

    def chosen(
        self,
        caller: Caller,
        *,
        state: State | None = None,
        complaint_id: UUID | None = None,
        to_me: bool = False,
        by_me: bool = False,
        still_open: bool = False,
    ) -> Select[WorkOrder]:
        """Of what the caller sees, the orders that fit all that is asked."""
        me = _person_of(caller)
        wanted: dict[Column[Any], object] = {
            work_orders.c.state: state,
            work_orders.c.complaint_id: complaint_id,
        }
        chosen = self._listed(caller).where(
            *(column == value for column, value in wanted.items() if value is not None)
        )
        if still_open:
            chosen = chosen.where(work_orders.c.next_due_at.is_not(None))
        chosen = chosen.where(work_orders.c.receiver_id == me) if to_me else chosen
        return chosen.where(work_orders.c.dispatcher_id == me) if by_me else chosen


def _below(me: UUID | BindParameter[UUID]) -> Select[UUID]:
    return select(people.c.id).where(people.c.superior_id == me)


def _seen(unit: str, me: UUID | BindParameter[UUID]) -> Select[WorkOrder]:
    return select(WorkOrder).where(or_(within(work_orders.c.org_unit, unit), _own(me, _below(me))))


@lru_cache(maxsize=1024)
def _one_seen_from(unit: str) -> Select[WorkOrder]:
    # Kept for a unit, as ``within`` is: every command asks for its order so.
    seen = _seen(unit, bindparam("me", type_=Uuid()))
    return seen.where(work_orders.c.id == bindparam("order_id"))


def _own(
    me: UUID | BindParameter[UUID], below: Select[UUID] | Sequence[UUID]
) -> ColumnElement[bool]:
    of = work_orders.c
    received = or_(of.receiver_id == me, of.receiver_id.in_(below))
    given = and_(received, of.state != State.DRAFT)
    return or_(given, of.dispatcher_id == me, of.decider_id == me)


def _person_of(caller: Caller) -> UUID:
    """The person's id in a token, or for one that names no person the id that nobody has."""
    try:
        return UUID(caller.id)
    except ValueError:
        return UUID(int=0)
