"""Hand planned messages to channels, and keep what became of them.

The channel itself is called between the two, outside any transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact
from notify.domain.delivery import Desk, Outcome, Parcel, Result, parcel_of
from notify.domain.message_states import State, Why
from notify.domain.messages import Message
from notify.use_cases.planning import note
from shared.backoff import full_jitter
from shared.ids import new_id

ATTEMPTS = 5  # on one channel
LEASE_SECONDS = 60.0  # Longer than any channel may take, for another sender then takes over.
FIRST_RETRY_SECONDS = 5.0
LAST_RETRY_SECONDS = 600.0


@dataclass(frozen=True)
class Claim:
    """A message was looked at; ``parcel`` is None when it is not to be sent now."""

    parcel: Parcel | None


def claim_next(tx: NotifyTransaction, desk: Desk, *, real: datetime) -> Claim | None:
    """Take the next message for sending, or decide what else becomes of it; None: nothing is due.

    ``real`` is real time, by which leases and retries go.
    """
    message = tx.messages.next_due(real)
    if message is None:
        return None
    contact = tx.contacts.get(message.person_id)
    return Claim(_take(tx, desk, message, contact, real))


def conclude(
    tx: NotifyTransaction, desk: Desk, parcel: Parcel, outcome: Outcome, *, real: datetime
) -> None:
    """Keep what the channel said. An answer for an attempt that was given up counts only when it
    says that the message arrived."""
    message = tx.messages.locked(parcel.message_id)
    if not _awaited(message, parcel, outcome):
        tx.note(message.key, "message.late_answer", result=outcome.result, attempt=parcel.attempt)
        return
    match _meaning(desk, message, outcome):
        case Result.DELIVERED:
            tx.emit(*message.deliver(tx.now), because=message.because)
        case Result.DOUBTFUL:
            message.doubt(outcome.why, tx.now)
        case Result.UNREACHABLE:
            message.postpone(outcome.why, retry_at=real + _pause(message), now=tx.now)
        case Result.REFUSED:
            _fall_through(tx, desk, message, outcome.why)
            return
    note(tx, message)


def _take(
    tx: NotifyTransaction, desk: Desk, message: Message, contact: Contact, real: datetime
) -> Parcel | None:
    if message.state is State.SENDING and not desk.repeatable(message.channel):
        message.doubt(Why.INTERRUPTED, tx.now)
    elif message.state is State.PLANNED and message.expired(tx.now):
        message.suppress(Why.TOO_LATE, tx.now)
    elif message.attempts >= ATTEMPTS:
        _fall_through(tx, desk, message, Why.INTERRUPTED)
        return None
    else:
        return _claim(tx, desk, message, contact, real)
    note(tx, message)
    return None


def _claim(
    tx: NotifyTransaction, desk: Desk, message: Message, contact: Contact, real: datetime
) -> Parcel | None:
    channel = desk.choose(message, contact, tx.messages.tried(message))
    if channel is None:
        _fall_through(tx, desk, message, Why.NO_CHANNEL)
        return None
    message.claim(channel, lease_until=real + timedelta(seconds=LEASE_SECONDS), now=tx.now)
    note(tx, message)
    return parcel_of(message, contact)


def _fall_through(tx: NotifyTransaction, desk: Desk, message: Message, why: str) -> None:
    """This channel failed: plan the next one, or tell the world that none is left."""
    message.fail(why, tx.now)
    note(tx, message)
    contact = tx.contacts.get(message.person_id)
    channel = desk.choose(message, contact, tx.messages.tried(message) | {message.channel})
    if channel is None:
        tx.emit(message.failed_for_good(), because=message.because)
        return
    onward = message.on(channel, id=new_id(), now=tx.now)
    tx.messages.add(onward)
    note(tx, onward)


def _awaited(message: Message, parcel: Parcel, outcome: Outcome) -> bool:
    if message.attempts != parcel.attempt:
        return False
    arrived = message.state is State.UNKNOWN and outcome.result is Result.DELIVERED
    return arrived or message.state is State.SENDING


def _meaning(desk: Desk, message: Message, outcome: Outcome) -> Result:
    """What the answer comes to: a repeatable channel leaves no doubt, and patience ends."""
    result = outcome.result
    if result is Result.DOUBTFUL and desk.repeatable(message.channel):
        result = Result.UNREACHABLE
    if result is Result.UNREACHABLE and message.attempts >= ATTEMPTS:
        result = Result.REFUSED
    return result


def _pause(message: Message) -> timedelta:
    seconds = full_jitter(message.attempts, first=FIRST_RETRY_SECONDS, cap=LAST_RETRY_SECONDS)
    return timedelta(seconds=seconds)
