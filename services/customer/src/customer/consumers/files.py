"""The timers of files."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.files import REVIEW, let_go_stale
from shared.rules import Because
from shared.subscriptions import Fired, Timers


def on_file_review(tx: CustomerTransaction, fired: Fired) -> None:
    because = Because.from_data(fired.data["because"])
    let_go_stale(tx, customer_id=UUID(fired.data["customer_id"]), because=because)


TIMERS: Timers = {REVIEW: on_file_review}
