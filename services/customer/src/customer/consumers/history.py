"""What notify tells of messages to contacts."""

from typing import Any

from marshmallow import fields, post_load

from customer.adapters.transaction import CustomerTransaction
from customer.consumers.readings import Reading
from customer.domain.contacts import Unreachable
from customer.use_cases.contacts import lose_address
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


class ContactUnreachableSchema(Reading):
    """``notify.contact_unreachable.v1``."""

    contact_id = fields.UUID(required=True)
    channel = fields.String(required=True)
    cause = fields.String(required=True)
    since = fields.AwareDateTime(required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"contact_id": data.pop("contact_id"), "found": Unreachable(**data)}


def on_contact_unreachable(tx: CustomerTransaction, _event: Received, data: dict[str, Any]) -> None:
    lose_address(tx, **data)


SUBSCRIPTIONS: Subscriptions = {
    "notify.contact_unreachable.v1": Subscription(
        reads=ContactUnreachableSchema(), handler=on_contact_unreachable
    ),
    "notify.care_sent.v1": Subscription(reads=CareSentSchema(), handler=on_care_sent),
}
