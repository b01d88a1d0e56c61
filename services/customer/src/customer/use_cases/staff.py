"""Keep what dispatch tells of units and persons."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.visit_plans import plan_visits, set_reminders
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
    """Take over a unit; reminders there are set anew, since its hours may differ."""
    org_units.define(tx.session, unit=unit, parent=parent, kind=kind, name=name, calendar=calendar)
    tx.forget_organisation()
    for visit in tx.visits.open_below(unit):
        set_reminders(tx, visit)


def keep_person(
    tx: CustomerTransaction,
    *,
    person_id: UUID,
    active: bool,
    superior_id: UUID | None,
    posts: Iterable[Mapping[str, str]],
) -> None:
    """Take over a person and his posts; the visits of one who has left go to others."""
    pairs = [(post["unit"], post["role"]) for post in posts]
    tx.staff.keep(person_id, active=active, superior_id=superior_id, posts=pairs)
    tx.forget_organisation()
    if not active:
        _hand_over(tx, person_id)


def _hand_over(tx: CustomerTransaction, person_id: UUID) -> None:
    for customer_id in sorted({visit.customer_id for visit in tx.visits.open_by(person_id)}):
        plan_visits(tx, tx.customers.known(customer_id), recount=False)
