"""The timers of admission."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.admission import RECHECK, recheck
from shared.subscriptions import Fired, Timers


def on_admission_recheck(tx: CustomerTransaction, fired: Fired) -> None:
    recheck(tx, admission_id=UUID(fired.data["admission_id"]))


TIMERS: Timers = {RECHECK: on_admission_recheck}
