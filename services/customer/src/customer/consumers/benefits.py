"""The timer of benefits."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.benefits import EXPIRY, expire_benefit
from shared.subscriptions import Fired, Timers


def on_benefit_expiry(tx: CustomerTransaction, fired: Fired) -> None:
    expire_benefit(tx, benefit_id=UUID(fired.data["benefit_id"]))


TIMERS: Timers = {EXPIRY: on_benefit_expiry}
