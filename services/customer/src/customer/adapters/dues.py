"""What is due next for a customer: what all areas have, read with one statement."""

from collections.abc import Callable, Collection
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import Session

from customer.adapters import due_areas
from customer.adapters.due_areas import MOST
from customer.domain.dues import Due, in_order
from customer.domain.staff import Caller

Area: TypeAlias = Callable[[UUID, Caller], Select[Any]]

AREAS: dict[str, Area] = {
    "visit": due_areas.due_visits,
    "first_contact": due_areas.due_first_contacts,
    "work_order": due_areas.due_replies,
    "document": due_areas.due_documents,
    "file_review": due_areas.due_file_reviews,
    "change_notice": due_areas.due_changes,
    "grade_review": due_areas.due_reviews,
    "downgrade": due_areas.due_downgrades,
    "issue": due_areas.due_answers,
    "need": due_areas.due_acknowledgements,
    "communication": due_areas.due_talks,
    "gathering": due_areas.due_gatherings,
}


def due_next(
    session: Session, customer_id: UUID, caller: Caller, *, without: Collection[str] = ()
) -> list[Due]:
    """What all areas have but those ``without`` which he is shown, what is due first in front."""
    wanted = [
        area(customer_id, caller).add_columns(literal(kind).label("kind"))
        for kind, area in AREAS.items()
        if kind not in without
    ]
    rows = session.execute(union_all(*(select(one.subquery()) for one in wanted)))
    return in_order(Due(**row._mapping) for row in rows)[:MOST]
