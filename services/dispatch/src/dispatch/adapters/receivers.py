"""Who may be given work in and around a unit, and how much each of them has in hand."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from dispatch.adapters.people import people, posts
from dispatch.adapters.shifts import shifts
from dispatch.adapters.work_orders import work_orders
from dispatch.domain.assignment import Worker
from dispatch.domain.work_order_states import IN_HAND, State
from shared.org_units import chain
from shared.scope import within
from shared.tables import org_units
from shared.turns import take_turn

HELD = (State.DRAFT, *sorted(IN_HAND), State.UNABLE_REPORTED)
ASSIGNING = 4_873_205  # any number, the same for everybody who assigns orders in this database


class Receivers:
    """The receivers of one database session."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def one_at_a_time(self) -> None:
        """Until the commit nobody else chooses a receiver: two at once could both count the last
        place of the same one."""
        take_turn(self.session, ASSIGNING)

    def around(
        self,
        unit: str,
        *,
        roles: Collection[str],
        besides: UUID,
        most_up: int | None,
        most_open: int | None,
    ) -> Sequence[Worker]:
        """Active holders of one of ``roles`` in or below ``unit``, or the unit that is ``most_up``
        levels above it (None: in the whole company), once for each post.

        What they have in hand is counted up to ``most_open``, and the order ``besides`` as in
        nobody's. Raises UnitUnknown.
        """
        above = chain(self.session, unit)
        top = above[-1] if most_up is None else above[: most_up + 1][-1]
        query = (
            select(people.c.id, people.c.skills, posts.c.unit, posts.c.role, org_units.c.path)
            .add_columns(_load(besides, most_open), _last_given())
            .join_from(people, posts, posts.c.person_id == people.c.id)
            .join(org_units, org_units.c.unit == posts.c.unit)
            .where(people.c.active, posts.c.role.in_(roles), within(posts.c.unit, top))
        )
        return [_worker(row, above) for row in self.session.execute(query)]

    def with_shifts(self, units: Collection[str], on: date) -> Sequence[str]:
        """Those of ``units`` that keep shifts on a day or later: of the others one cannot tell who
        is on duty."""
        kept = or_(shifts.c.last_day.is_(None), shifts.c.last_day >= on)
        query = select(shifts.c.unit).where(shifts.c.unit.in_(units), kept)
        return self.session.scalars(query.distinct().order_by(shifts.c.unit)).all()


def _load(besides: UUID, most: int | None) -> ColumnElement[int]:
    """How many open orders somebody has in hand; ``most`` is as many as any number above it."""
    of = work_orders.c
    held = select(of.id).where(
        of.receiver_id == people.c.id,
        of.next_due_at.is_not(None),
        of.state.in_(HELD),
        of.id != besides,
    )
    counted = held.correlate(people).limit(most).subquery()
    return select(func.count()).select_from(counted).scalar_subquery()


def _last_given() -> ColumnElement[Any]:
    last = select(func.max(work_orders.c.issued_at))
    return last.where(work_orders.c.receiver_id == people.c.id).correlate(people).scalar_subquery()


def _worker(row: Any, above: Sequence[str]) -> Worker:
    person_id, skills, unit, role, path, load, last_given = row
    inside = set(path.split("/"))
    area = next(level for level, one in enumerate(above) if one in inside)
    return Worker(
        person_id=person_id,
        unit=unit,
        role=role,
        area=area,
        skills=skills,
        load=load,
        last_given=last_given,
    )
