"""The timer of frozen copies."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.snapshots import SNAPSHOT, archive_in_time
from shared.subscriptions import Fired, Timers


def on_file_snapshot(tx: CustomerTransaction, fired: Fired) -> None:
    archive_in_time(tx, customer_id=UUID(fired.data["customer_id"]))


TIMERS: Timers = {SNAPSHOT: on_file_snapshot}
