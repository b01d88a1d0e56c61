"""The timer of adjustments that are looked at again."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.exits import REVIEW, ask_for_review
from shared.subscriptions import Fired, Timers


def on_exit_review(tx: CustomerTransaction, fired: Fired) -> None:
    ask_for_review(tx, case_id=UUID(fired.data["case_id"]))


TIMERS: Timers = {REVIEW: on_exit_review}
