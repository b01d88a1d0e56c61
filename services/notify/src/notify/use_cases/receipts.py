"""Ask providers whether what they took arrived, and keep what they say.

The provider itself is asked between the two, outside any transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from notify.adapters.transaction import NotifyTransaction
from notify.domain.delivery import Desk, Fate, Parcel, Report, next_ask, parcel_of
from notify.domain.message_states import State
from notify.use_cases.forms import form_of
from notify.use_cases.planning import note
from notify.use_cases.reach import lose_address
from notify.use_cases.sending import LEASE_SECONDS, pass_on

AWAITING = (State.SENT, State.UNKNOWN)


@dataclass(frozen=True)
class Question:
    """What became of ``parcel``, which was handed over at about ``sent_at`` (real time)?"""

    parcel: Parcel
    sent_at: datetime


def question(tx: NotifyTransaction, *, real: datetime) -> Question | None:
    """Of which message to ask now, None when none is due. Whoever dies with the question asks again
    at the next time."""
    message = tx.messages.next_asked(real)
    if message is None:
        return None
    handed_over = (message.lease_until or real) - timedelta(seconds=LEASE_SECONDS)
    message.ask_at = next_ask(handed_over, now=real)
    contact = tx.contacts.get(message.person_id)
    parcel = parcel_of(message, contact, form=form_of(tx, message, contact))
    return Question(parcel, handed_over)


def keep_report(tx: NotifyTransaction, desk: Desk, parcel: Parcel, report: Report) -> None:
    """Keep what the provider said. Where it did not arrive the next channel follows."""
    message = tx.messages.locked(parcel.message_id)
    if message.state not in AWAITING:
        return
    if report.fate is Fate.ARRIVED:
        message.confirm(tx.now)
        note(tx, message)
    elif report.fate is Fate.LOST:
        if report.gone is not None:
            lose_address(tx, message, address=parcel.address, cause=report.gone)
        message.bounce(report.why, tx.now)
        pass_on(tx, desk, message)
