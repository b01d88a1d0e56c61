"""The timer of updates that major changes ask for."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.change_notices import OVERDUE, tell_overdue
from shared.subscriptions import Fired, Timers


def on_change_notice_overdue(tx: CustomerTransaction, fired: Fired) -> None:
    tell_overdue(tx, notice_id=UUID(fired.data["notice_id"]))


TIMERS: Timers = {OVERDUE: on_change_notice_overdue}
