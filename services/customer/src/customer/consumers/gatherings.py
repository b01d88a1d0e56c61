"""The timers of gatherings."""

from customer.adapters.transaction import CustomerTransaction
from customer.domain.gatherings import Kind
from customer.use_cases.gatherings import CYCLE, ask_for_next
from shared.subscriptions import Fired, Timers


def on_gathering_cycle(tx: CustomerTransaction, fired: Fired) -> None:
    ask_for_next(tx, unit=fired.data["unit"], kind=Kind(fired.data["sort"]))


TIMERS: Timers = {CYCLE: on_gathering_cycle}
