"""The timer of visit plans that do not have all their customers yet."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.annual_plans import FILL, fill_plan
from shared.subscriptions import Fired, Timers


def on_plan_fill(tx: CustomerTransaction, fired: Fired) -> None:
    fill_plan(tx, tx.annual_plans.known(UUID(fired.data["plan_id"])))


TIMERS: Timers = {FILL: on_plan_fill}
