"""What somebody holds that goes to others when he or she leaves (E-38)."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Select, Subquery, literal, or_, select, union_all

from dispatch.adapters.people import people
from dispatch.adapters.shifts import roster_entries
from dispatch.adapters.work_orders import work_orders
from dispatch.domain.work_order_states import ENDS


def held_by(person_id: UUID, *, today: date) -> Subquery:
    """``part`` and ``thing_id``: the parts in work orders that have not ended, the people directly
    below, and the entries of rosters that go on ``today`` or later (UTC)."""
    below = _part("superior", people.c.id).where(people.c.superior_id == person_id, people.c.active)
    goes_on = or_(roster_entries.c.last_day.is_(None), roster_entries.c.last_day >= today)
    on_roster = _part("roster", roster_entries.c.id).where(
        roster_entries.c.person_id == person_id, goes_on
    )
    of = work_orders.c
    held = {"dispatcher": of.dispatcher_id, "receiver": of.receiver_id, "decider": of.decider_id}
    orders = [
        _part(part, of.id).where(column == person_id, of.state.not_in(ENDS))
        for part, column in held.items()
    ]
    return union_all(below, on_roster, *orders).subquery("holdings")


def _part(part: str, thing_id: Column[Any]) -> Select[Any]:
    return select(literal(part).label("part"), thing_id.label("thing_id"))
