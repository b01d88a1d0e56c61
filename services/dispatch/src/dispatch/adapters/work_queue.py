"""The queue of open work orders: where each of them stands in it, and how it is moved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from dispatch.adapters.work_orders import work_orders
from dispatch.domain.priorities import Preference
from shared.scope import within

# The order in which work is arranged: the customer who is preferred (CL-28, CL-29, WO-24), then
# what is due earlier.
QUEUE = (work_orders.c.queue_place, work_orders.c.reply_due_at, work_orders.c.id)


@dataclass(frozen=True)
class Queued:
    """As much of an open order as its place follows from."""

    id: UUID
    customer_id: UUID
    org_unit: str
    asking_unit: str | None


class WorkQueue:
    """The queue as one database session moves it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def of_customer(self, customer_id: UUID, *, after: UUID | None, most: int) -> Sequence[Queued]:
        """The first ``most`` open orders of a customer in order of their ids, from behind
        ``after``."""
        return self._found(_open().where(work_orders.c.customer_id == customer_id), after, most)

    def below(self, unit: str, *, after: UUID | None, most: int) -> Sequence[Queued]:
        """The same for the orders of customers that lie in ``unit`` or below it, or were asked for
        there."""
        of = work_orders.c
        there = or_(within(of.org_unit, unit), within(of.asking_unit, unit))
        return self._found(_open().where(of.customer_id.is_not(None), there), after, most)

    def move(self, order_ids: Collection[UUID], preference: Preference, place: int) -> None:
        """Let those orders stand there."""
        moved = update(work_orders).where(work_orders.c.id.in_(order_ids))
        self.session.execute(
            moved.values(preference=preference, queue_place=place),
            execution_options={"synchronize_session": False},
        )

    def _found(self, query: Select[Any], after: UUID | None, most: int) -> Sequence[Queued]:
        query = query.where(work_orders.c.id > after) if after else query
        rows = self.session.execute(query.order_by(work_orders.c.id).limit(most))
        return [Queued(*row) for row in rows]


def _open() -> Select[Any]:
    of = work_orders.c
    return select(of.id, of.customer_id, of.org_unit, of.asking_unit).where(
        of.next_due_at.is_not(None)
    )
