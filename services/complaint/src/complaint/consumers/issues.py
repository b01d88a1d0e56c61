"""What customer tells of the issues that customers raised (E-04)."""

from typing import Any

from marshmallow import fields

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.readings import Reading
from complaint.use_cases import issues
from shared.envelope import Received
from shared.subscriptions import Subscription, Subscriptions


class IssueSchema(Reading):
    """Of which issue an event tells."""

    issue_id = fields.UUID(required=True)


class IssueDescribedSchema(IssueSchema):
    """``customer.issue_described.v1``; private."""

    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True, data_key="org_unit")
    occasion = fields.String(required=True, data_key="source")
    text = fields.String(required=True)
    raised_by = fields.UUID(required=True)
    raised_at = fields.AwareDateTime(required=True)


def on_described(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    issues.open_ticket(tx, **data)


def on_answered(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    issues.note_answer(tx, **data)


SUBSCRIPTIONS: Subscriptions = {
    "customer.issue_described.v1": Subscription(IssueDescribedSchema(), on_described),
    "customer.issue_answered.v1": Subscription(IssueSchema(), on_answered),
}
