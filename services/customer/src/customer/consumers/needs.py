"""The timers of needs."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.needs import UNANSWERED, report_unanswered
from shared.subscriptions import Fired, Timers


def on_need_unanswered(tx: CustomerTransaction, fired: Fired) -> None:
    report_unanswered(tx, need_id=UUID(fired.data["need_id"]), unit=fired.data["unit"])


TIMERS: Timers = {UNANSWERED: on_need_unanswered}
