"""The timer of joint inspections."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.inspections import REMIND, remind_units
from shared.subscriptions import Fired, Timers


def on_inspection_remind(tx: CustomerTransaction, fired: Fired) -> None:
    remind_units(tx, inspection_id=UUID(fired.data["inspection_id"]))


TIMERS: Timers = {REMIND: on_inspection_remind}
