"""Keep what customers are, and let the care for them follow (CM-01, CM-18)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.domain.standings import Standing
from notify.use_cases.care_dates import await_days
from notify.use_cases.care_tasks import stop_tasks_for
from notify.use_cases.decency import refusal
from notify.use_cases.planning import note


def keep_standing(
    tx: NotifyTransaction, customer_id: UUID, change: Callable[[Standing], Any]
) -> None:
    """Take over what was told of a customer; the days of his contacts are awaited anew, since the
    packs may care for him otherwise now."""
    change(tx.standings.kept(customer_id))
    for contact in tx.contacts.belonging_to(customer_id):
        await_days(tx, contact)


def keep_exit(tx: NotifyTransaction, customer_id: UUID, *, unit: str) -> None:
    """A customer left a unit: what waits of courtesies for him there is not said any more (CM-18),
    and gifts and calls are not made."""
    tx.standings.kept(customer_id).leave(unit)
    for message in tx.messages.courtesies_for(customer_id, below=unit):
        if refused := refusal(tx, message, None):
            message.withdraw(refused.why, tx.now, because=refused.because)
            note(tx, message)
    stop_tasks_for(tx, customer_id, below=unit)


def keep_owner(tx: NotifyTransaction, customer_id: UUID, owner_id: UUID | None) -> None:
    """Who looks after a customer now: tasks that are opened from now on are his."""
    tx.standings.kept(customer_id).owner_id = owner_id
