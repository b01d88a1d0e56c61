"""Keep what dispatch tells of units and persons."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.use_cases import first_contact
from shared import org_units


def keep_unit(
    tx: ComplaintTransaction,
    *,
    unit: str,
    parent: str | None,
    kind: str,
    name: str,
    calendar: Mapping[str, Any] | None,
) -> None:
    """Take over a unit; the clocks that run there are counted anew, since its hours may differ."""
    org_units.define(tx.session, unit=unit, parent=parent, kind=kind, name=name, calendar=calendar)
    first_contact.recount(tx, unit=unit)


def keep_person(
    tx: ComplaintTransaction,
    *,
    person_id: UUID,
    active: bool,
    superior_id: UUID | None,
    posts: Iterable[Mapping[str, str]],
) -> None:
    """Take over a person and his posts."""
    pairs = [(post["unit"], post["role"]) for post in posts]
    tx.staff.keep(person_id, active=active, superior_id=superior_id, posts=pairs)
