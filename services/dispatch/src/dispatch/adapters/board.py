"""What stands on the board of a unit: one grouped query counts, one finds the first of each
column."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from dispatch.adapters.work_orders import work_orders
from dispatch.adapters.work_queue import QUEUE
from dispatch.domain.board import PENDING, Cell, Column, Days, Due
from dispatch.domain.work_order_states import State
from dispatch.domain.work_orders import WorkOrder
from shared.scope import seen_units


class Board:
    """The open orders that lie in a unit, on request with those of the units below it."""

    def __init__(self, session: Session, unit: str, days: Days, *, below: bool) -> None:
        self.session = session
        self._units = seen_units(session, unit) if below else [unit]
        self._days = days

    def cells(self) -> list[Cell]:
        """How many orders of each state, due time and receiver there are."""
        of, due = work_orders.c, self._due()
        query = select(of.state, due, of.receiver_id, func.count()).where(self._here())
        rows = self.session.execute(query.group_by(of.state, due, of.receiver_id))
        return [Cell(row[0], Due(row[1]) if row[1] else None, *row[2:]) for row in rows]

    def first(self, columns: Sequence[Column], most: int) -> Iterator[tuple[Column, WorkOrder]]:
        """The first ``most`` orders of each column, in the order of the queue."""
        if not columns:
            return
        parts = [self._part(column, number, most) for number, column in enumerate(columns)]
        found = union_all(*parts).subquery()
        same = found.c.id == work_orders.c.id
        query = select(found.c.number, WorkOrder).join_from(found, WorkOrder, same)
        for number, order in self.session.execute(query.order_by(found.c.number, *QUEUE)):
            yield columns[number], order

    def _part(self, column: Column, number: int, most: int) -> Select[Any]:
        rows = select(work_orders.c.id).where(self._here(), self._in(column))
        first = rows.order_by(*QUEUE).limit(most).subquery()
        return select(literal(number).label("number"), first.c.id)

    def _here(self) -> ColumnElement[bool]:
        of = work_orders.c
        return and_(of.org_unit.in_(self._units), of.next_due_at.is_not(None))

    def _in(self, column: Column) -> ColumnElement[bool]:
        if isinstance(column, State):
            return work_orders.c.state == column
        begin, end = self._spans()[column]
        due_at = work_orders.c.reply_due_at
        bounds = [due_at >= begin] if begin else []
        bounds += [due_at < end] if end else []
        return and_(work_orders.c.state.in_(PENDING), *bounds)

    def _due(self) -> ColumnElement[Any]:
        """In which column of due times an order stands; NULL where it is only to be closed."""
        of, days = work_orders.c, self._days
        return case(
            (of.state.not_in(PENDING), null()),
            (of.reply_due_at < days.now, literal(Due.OVERDUE.value)),
            (of.reply_due_at < days.tomorrow, literal(Due.TODAY.value)),
            (of.reply_due_at < days.day_after, literal(Due.TOMORROW.value)),
            else_=literal(Due.LATER.value),
        ).label("due")

    def _spans(self) -> dict[Due, tuple[Any, Any]]:
        days = self._days
        return {
            Due.OVERDUE: (None, days.now),
            Due.TODAY: (days.now, days.tomorrow),
            Due.TOMORROW: (days.tomorrow, days.day_after),
            Due.LATER: (days.day_after, None),
        }
