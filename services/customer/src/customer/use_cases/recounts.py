"""Work out anew what follows from a fact that is kept already, and that may be refused for now.

Units and persons are told in an order of their own: a unit may lack its parent or its calendar for
a while. What is refused then is noted, and tried again until it succeeds.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from customer.adapters.mapping import Visit
from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.visit_plans import plan_visits, set_reminders
from shared.rules import RuleBroken

RECOUNT = "visit.recount"
FIRST_RETRY = timedelta(minutes=10)  # What is missing is mostly on its way already.
LATER_RETRIES = timedelta(hours=1)


def renew_reminders(tx: CustomerTransaction, visits: Iterable[Visit]) -> None:
    """Set the reminders of visits of one unit anew (VS-43)."""
    known = list(visits)

    def renew() -> None:
        for visit in known:
            set_reminders(tx, visit)

    broken = _refused(tx, renew)
    if broken is not None:
        for visit in known:
            _note(tx, f"visit/{visit.id}", broken)
            _try_again(tx, visit.customer_id, after=FIRST_RETRY)


def replan_customer(
    tx: CustomerTransaction, customer_id: UUID, *, settled: bool = True, searching: bool = False
) -> None:
    """Look anew who is to visit a customer (VS-01). The arguments are those of ``plan_visits``."""

    def replan() -> None:
        customer = tx.customers.known(customer_id)
        plan_visits(tx, customer, recount=False, settled=settled, searching=searching)

    broken = _refused(tx, replan)
    if broken is not None:
        _note(tx, f"customer/{customer_id}", broken)
        _try_again(tx, customer_id, after=FIRST_RETRY)


def turn_customer(tx: CustomerTransaction, *, customer_id: UUID) -> None:
    """Plan the visits of a customer anew on a day that changes them by itself (VS-21, VS-34)."""

    def replan() -> None:
        plan_visits(tx, tx.customers.known(customer_id), recount=True)

    broken = _refused(tx, replan)
    if broken is not None:
        _note(tx, f"customer/{customer_id}", broken)
        _try_again(tx, customer_id, after=FIRST_RETRY)


def recount_customer(tx: CustomerTransaction, *, customer_id: UUID) -> None:
    """Try once more what was refused: the visitor and the reminders of all open visits."""

    def recount() -> None:
        plan_visits(tx, tx.customers.known(customer_id), recount=False, settled=False)
        for visit in tx.visits.open_of(customer_id).values():
            set_reminders(tx, visit)

    if _refused(tx, recount) is not None:
        _try_again(tx, customer_id, after=LATER_RETRIES)


def _refused(tx: CustomerTransaction, follow_up: Callable[[], None]) -> RuleBroken | None:
    try:
        with tx.apart():
            follow_up()
    except RuleBroken as broken:
        return broken
    return None


def _note(tx: CustomerTransaction, subject: str, broken: RuleBroken) -> None:
    tx.note(subject, "recount_refused", because=broken.because, code=broken.code)


def _try_again(tx: CustomerTransaction, customer_id: UUID, *, after: timedelta) -> None:
    due_at = tx.now + after
    tx.set_timer(RECOUNT, f"customer/{customer_id}", due_at, customer_id=customer_id)
