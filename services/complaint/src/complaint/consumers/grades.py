"""What customer tells of the grades of customers (CL-28, CL-29)."""

from typing import Any

from marshmallow import fields

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.readings import Reading
from shared.envelope import Received
from shared.subscriptions import Subscription, Subscriptions


class GradeChangedSchema(Reading):
    """``customer.grade_changed.v1``; of a secret grade no priority is told."""

    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    scheme = fields.String(required=True)
    product = fields.String(required=True)
    priority = fields.Integer(required=True, allow_none=True)


def on_grade_changed(tx: ComplaintTransaction, event: Received, data: dict[str, Any]) -> None:
    tx.priorities.keep(**data, sequence=event.sequence)


SUBSCRIPTIONS: Subscriptions = {
    "customer.grade_changed.v1": Subscription(GradeChangedSchema(), on_grade_changed),
}
