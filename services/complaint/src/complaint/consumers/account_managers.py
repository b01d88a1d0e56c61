"""Who cares for a customer, as customer tells it."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.readings import Reading
from complaint.use_cases import account_managers
from shared.envelope import Received
from shared.subscriptions import Fired, Subscription, Subscriptions, Timers


class RegisteredSchema(Reading):
    """``customer.registered.v1``"""

    customer_id = fields.UUID(required=True)
    owner_id = fields.UUID(required=True, allow_none=True)


class OwnerChangedSchema(Reading):
    """``customer.owner_changed.v1``"""

    customer_id = fields.UUID(required=True)
    owner_id = fields.UUID(required=True, allow_none=True, data_key="new_owner_id")


def on_owner_told(tx: ComplaintTransaction, event: Received, data: dict[str, Any]) -> None:
    account_managers.keep_owner(tx, data["customer_id"], data["owner_id"], sequence=event.sequence)


def on_customer_owner(tx: ComplaintTransaction, fired: Fired) -> None:
    customer_id, after = (UUID(fired.data[name]) for name in ("customer_id", "after"))
    account_managers.follow_owner(tx, customer_id, after=after)


SUBSCRIPTIONS: Subscriptions = {
    "customer.registered.v1": Subscription(RegisteredSchema(), on_owner_told),
    "customer.owner_changed.v1": Subscription(OwnerChangedSchema(), on_owner_told),
}

TIMERS: Timers = {account_managers.FOLLOW: on_customer_owner}
