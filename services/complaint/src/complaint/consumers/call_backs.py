"""The timers of calls that were promised."""

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.subjects import case_of
from complaint.use_cases import call_back_reminders
from shared.subscriptions import Fired, Timers


def on_call_back_wake(tx: ComplaintTransaction, fired: Fired) -> None:
    call_back_reminders.wake(tx, case_of(fired).id)


def on_call_back_reassign(tx: ComplaintTransaction, fired: Fired) -> None:
    call_back_reminders.reassign(tx, case_of(fired), tries=fired.data["tries"])


TIMERS: Timers = {
    call_back_reminders.WAKE: on_call_back_wake,
    call_back_reminders.REASSIGN: on_call_back_reassign,
}
