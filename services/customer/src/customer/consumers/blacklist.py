"""The timer of blacklists."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.blacklist import EXPIRY, expire_entry
from shared.subscriptions import Fired, Timers


def on_blacklist_expiry(tx: CustomerTransaction, fired: Fired) -> None:
    expire_entry(tx, entry_id=UUID(fired.data["entry_id"]))


TIMERS: Timers = {EXPIRY: on_blacklist_expiry}
