"""The timers of documents."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.documents import EXPIRED, EXPIRING, tell_end, warn_of_end
from shared.rules import Because
from shared.subscriptions import Fired, Timers


def on_document_expiring(tx: CustomerTransaction, fired: Fired) -> None:
    because = Because.from_data(fired.data["because"])
    warn_of_end(tx, document_id=UUID(fired.data["document_id"]), because=because)


def on_document_expired(tx: CustomerTransaction, fired: Fired) -> None:
    because = Because.from_data(fired.data["because"])
    tell_end(tx, document_id=UUID(fired.data["document_id"]), because=because)


TIMERS: Timers = {EXPIRING: on_document_expiring, EXPIRED: on_document_expired}
