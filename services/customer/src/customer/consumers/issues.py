"""The timers of issues, and the tickets that were opened for them."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from customer.adapters.transaction import CustomerTransaction
from customer.consumers.readings import Reading
from customer.use_cases.issues import OVERDUE, finish_problem, report_overdue
from shared.envelope import Received
from shared.subscriptions import Fired, Subscription, Subscriptions, Timers


class ProblemClosedSchema(Reading):
    """``complaint.problem_closed.v1``; ``issue_id`` is null where no issue asked for the ticket."""

    problem_id = fields.UUID(required=True, data_key="case_id")
    issue_id = fields.UUID(load_default=None, allow_none=True)


def on_problem_closed(tx: CustomerTransaction, _event: Received, data: dict[str, Any]) -> None:
    if data["issue_id"] is not None:
        finish_problem(tx, **data)


def on_issue_overdue(tx: CustomerTransaction, fired: Fired) -> None:
    report_overdue(tx, issue_id=UUID(fired.data["issue_id"]))


SUBSCRIPTIONS: Subscriptions = {
    "complaint.problem_closed.v1": Subscription(ProblemClosedSchema(), on_problem_closed),
}

TIMERS: Timers = {OVERDUE: on_issue_overdue}
