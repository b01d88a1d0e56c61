"""The timers of grades."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.classes import RECOUNT, recount_classes
from shared.subscriptions import Fired, Timers


def on_grade_recount(tx: CustomerTransaction, fired: Fired) -> None:
    recount_classes(tx, customer_id=UUID(fired.data["customer_id"]))


TIMERS: Timers = {RECOUNT: on_grade_recount}
