"""The timers of issues."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.issues import OVERDUE, report_overdue
from shared.subscriptions import Fired, Timers


def on_issue_overdue(tx: CustomerTransaction, fired: Fired) -> None:
    report_overdue(tx, issue_id=UUID(fired.data["issue_id"]))


TIMERS: Timers = {OVERDUE: on_issue_overdue}
