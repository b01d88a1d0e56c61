"""Keep what dispatch tells of units and persons."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.owners import hand_to, replace_departed
from customer.use_cases.recounts import renew_reminders, replan_customer
from shared import org_units


def keep_unit(
    tx: CustomerTransaction,
    *,
    unit: str,
    parent: str | None,
    kind: str,
    name: str,
    calendar: Mapping[str, Any] | None,
) -> None:
    """Take over a unit; reminders there are set anew, since its hours may differ.

    The unit is kept even where a rule refuses that.
    """
    org_units.define(tx.session, unit=unit, parent=parent, kind=kind, name=name, calendar=calendar)
    tx.forget_organisation()
    visits = sorted(tx.visits.open_below(unit), key=lambda visit: visit.org_unit)
    for _, of_unit in groupby(visits, key=lambda visit: visit.org_unit):
        renew_reminders(tx, of_unit)


def keep_person(
    tx: CustomerTransaction,
    *,
    person_id: UUID,
    active: bool,
    superior_id: UUID | None,
    posts: Iterable[Mapping[str, str]],
) -> None:
    """Take over a person and his posts.

    The visits of one who has left, or has lost a post, go to others unless he is still near; those
    of customers who want him come to him. Customers whose owner has left go to his supervisor
    (E-38). He is kept even where a rule refuses that.
    """
    pairs = frozenset((post["unit"], post["role"]) for post in posts)
    before, after = tx.staff.posts_of(person_id), pairs if active else frozenset()
    tx.staff.keep(person_id, active=active, superior_id=superior_id, posts=pairs)
    tx.forget_organisation()
    if not active or before != after:
        _replan(tx, person_id, settled=active and before <= after)
    if not active:
        replace_departed(tx, person_id)


def keep_departure(tx: CustomerTransaction, *, person_id: UUID, successor_id: UUID | None) -> None:
    """Somebody left; a successor who was named goes before those whom ``keep_person`` finds."""
    tx.staff.leave(person_id)
    tx.forget_organisation()
    if successor_id is not None:
        hand_to(tx, person_id, successor_id)


def _replan(tx: CustomerTransaction, person_id: UUID, *, settled: bool) -> None:
    visited = {visit.customer_id for visit in tx.visits.open_by(person_id)}
    for customer_id in sorted(visited.union(tx.customers.wanting(person_id))):
        replan_customer(tx, customer_id, settled=settled)
