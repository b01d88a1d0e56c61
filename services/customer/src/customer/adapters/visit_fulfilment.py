"""How far the visit plan of a unit was fulfilled (RP-07)."""

from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from customer.adapters.tables import visits
from customer.domain.visit_states import State
from shared.scope import within

LATE = (State.OVERDUE, State.ESCALATED)


def fulfilment(session: Session, *, unit: str, first: date, last: date) -> list[dict[str, Any]]:
    """The visits of ``unit`` and of those below it that were due between two local days, counted by
    activity, actor and grade. ``due`` counts all of them but those that were given up; one that the
    visitor still has time for is neither done nor overdue."""
    kind = (visits.c.activity, visits.c.role, visits.c.grade)
    query = (
        select(
            *kind,
            func.count().label("due"),
            func.sum(case((visits.c.state == State.DONE, 1), else_=0)).label("done"),
            func.sum(case((visits.c.state.in_(LATE), 1), else_=0)).label("overdue"),
        )
        .where(
            within(visits.c.org_unit, unit),
            visits.c.due_on.between(first, last),
            visits.c.state != State.CANCELLED,
        )
        .group_by(*kind)
        .order_by(*kind)
    )
    return [dict(row._mapping) for row in session.execute(query)]
