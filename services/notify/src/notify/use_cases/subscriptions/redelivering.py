"""Try an endpoint, and deliver again what it did not get."""

from datetime import datetime
from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.domain.subscriptions.deliveries import Delivery
from notify.domain.subscriptions.endpoints import Command, Endpoint


def send_test(tx: NotifyTransaction, endpoint: Endpoint) -> Delivery:
    """Tell an event that says nothing and that this endpoint gets. Raises WrongState."""
    tx.emit(endpoint.test())
    tx.record("subscription.tested", endpoint.key)
    tx.flush()
    return tx.deliveries.last(endpoint)


def redeliver(tx: NotifyTransaction, endpoint: Endpoint, event_id: UUID) -> Delivery:
    """Deliver an event again, under its id. Raises NotFound, and WrongState while it waits."""
    endpoint.permit(Command.REDELIVER)
    delivery = tx.deliveries.get(endpoint, event_id, locked=True)
    delivery.again()
    tx.record("subscription.redelivered", endpoint.key, event_id=event_id)
    return delivery


def redeliver_failed(tx: NotifyTransaction, endpoint: Endpoint, *, since: datetime) -> int:
    """Deliver again whatever failed of the events since then, oldest first; returns how many.
    Raises WrongState."""
    endpoint.permit(Command.REDELIVER)
    count = tx.deliveries.again(endpoint, since=since)
    tx.record("subscription.redelivered", endpoint.key, since=since, count=count)
    return count
