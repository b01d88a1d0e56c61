"""The timers of communications."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.communications import MINUTES, report_minutes_overdue
from shared.subscriptions import Fired, Timers


def on_minutes_due(tx: CustomerTransaction, fired: Fired) -> None:
    report_minutes_overdue(tx, communication_id=UUID(fired.data["communication_id"]))


TIMERS: Timers = {MINUTES: on_minutes_due}
