"""What notify tells of messages to contacts."""

from typing import Any

from marshmallow import fields

from customer.adapters.transaction import CustomerTransaction
from customer.consumers.readings import Reading
from customer.use_cases.history import keep_care
from shared.envelope import Received
from shared.subscriptions import Subscription, Subscriptions


class CareSentSchema(Reading):
    """``notify.care_sent.v1``."""

    message_id = fields.UUID(required=True)
    contact_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    occasion = fields.String(required=True)
    year = fields.Integer(required=True)
    sent_at = fields.AwareDateTime(required=True)


def on_care_sent(tx: CustomerTransaction, _event: Received, data: dict[str, Any]) -> None:
    keep_care(tx, **data)


SUBSCRIPTIONS: Subscriptions = {
    "notify.care_sent.v1": Subscription(reads=CareSentSchema(), handler=on_care_sent),
}
