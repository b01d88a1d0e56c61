"""The timer that counts cases alike."""

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.subjects import case_of
from complaint.use_cases import patterns
from shared.subscriptions import Fired, Timers


def on_pattern_count(tx: ComplaintTransaction, fired: Fired) -> None:
    patterns.count(tx, case_of(fired).id)


TIMERS: Timers = {patterns.COUNT: on_pattern_count}
