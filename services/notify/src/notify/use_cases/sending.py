"""Hand planned messages to channels, and keep what became of them.

The channel itself is called between the two, outside any transaction.
"""

from datetime import datetime, timedelta

from notify.adapters.queue import busy_lanes
from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact
from notify.domain.delivery import Desk, Outcome, Parcel, Result, parcel_of
from notify.domain.lanes import is_open, lane_of
from notify.domain.message_states import State, Why
from notify.domain.messages import Message, Purpose
from notify.use_cases.decency import HOLD_TIMER, refusal, second_thoughts
from notify.use_cases.forms import form_of
from notify.use_cases.planning import follow, keep_back, lane_for, note, tell_unreached
from notify.use_cases.reach import lose_address
from shared.backoff import full_jitter
from shared.ids import new_id

LEASE_SECONDS = 60.0  # Longer than any channel may take, for another sender then takes over.
FIRST_RETRY_SECONDS = 5.0
LAST_RETRY_SECONDS = 600.0


def claim(
    tx: NotifyTransaction, desk: Desk, message: Message, *, busy: set[str], real: datetime
) -> Parcel | None:
    """Take a message for sending, or decide what else becomes of it; None: it is not to be sent
    now. ``busy`` are lanes of which a message is in hand; that of the message is added.

    ``real`` is real time, by which leases and retries go.
    """
    interrupted = message.state is State.SENDING
    contact = tx.contacts.get(message.person_id)
    if interrupted and (not desk.repeatable(message.channel) or message.expired(tx.now)):
        message.doubt(Why.INTERRUPTED, tx.now)
    elif not contact.active:
        message.withdraw(Why.CONTACT_INACTIVE, tx.now)
    elif refused := refusal(tx, message, contact):
        message.withdraw(refused.why, tx.now, because=refused.because)
    elif message.expired(tx.now):
        _expire(tx, desk, message)
        return None
    elif verdict := second_thoughts(tx, message, contact):
        keep_back(tx, message, contact, verdict)
    else:
        return _claim(tx, desk, message, contact, busy, real)
    note(tx, message)
    return None


def conclude(
    tx: NotifyTransaction, desk: Desk, parcel: Parcel, outcome: Outcome, *, real: datetime
) -> None:
    """Keep what the channel said.

    A channel that is away is tried until the message expires; the next one follows only when this
    one refused. An answer for an attempt that was given up counts only when it says that the
    message arrived.
    """
    message = tx.messages.locked(parcel.message_id)
    if not _awaited(message, parcel, outcome):
        tx.note(message.key, "message.late_answer", result=outcome.result, attempt=parcel.attempt)
        return
    if outcome.gone is not None:
        lose_address(tx, message, address=parcel.address, cause=outcome.gone)
    result = _meaning(desk, message, outcome, tx.now)
    match result:
        case Result.DELIVERED:
            told = message.deliver(tx.now, reached=parcel.own, receipt=outcome.receipt)
            message.ask_at = desk.first_ask(message.channel, sent_at=real)
            tx.emit(*told, because=message.because)
        case Result.DOUBTFUL:
            message.doubt(outcome.why, tx.now)
            message.ask_at = desk.first_ask(message.channel, sent_at=real)
        case Result.UNREACHABLE:
            doubted_at = real if outcome.result is Result.DOUBTFUL else None
            retry_at = real + _pause(message)
            message.postpone(outcome.why, retry_at=retry_at, doubted_at=doubted_at, now=tx.now)
        case Result.REFUSED:
            _fall_through(tx, desk, message, outcome.why)
            return
    note(tx, message)


def _expire(tx: NotifyTransaction, desk: Desk, message: Message) -> None:
    """What was never tried comes too late; what was tried all the time has failed."""
    if message.attempts and not message.in_doubt:
        _fall_through(tx, desk, message, message.state_reason or Why.TOO_LATE)
        return
    message.withdraw(Why.TOO_LATE, tx.now, because=message.because)
    note(tx, message)
    if message.state is State.SUPPRESSED:
        tell_unreached(tx, message, tx.contacts.get(message.person_id))


def _claim(
    tx: NotifyTransaction,
    desk: Desk,
    message: Message,
    contact: Contact,
    busy: set[str],
    real: datetime,
) -> Parcel | None:
    channel = _choose(tx, desk, message, contact, tx.messages.tried(message))
    if channel is None or (message.attempts and channel != message.channel):
        _abandon(tx, desk, message)
        return None
    if channel in desk.by_hand:
        _lay_out(tx, message, channel)
        return None
    lane = lane_of(channel, contact.address_on(channel), person_id=message.person_id)
    if not is_open(lane, desk.channels):
        if lane in busy or (lane != message.lane and busy_lanes(tx.session, real, [lane])):
            message.lane = lane  # It waits there, and not where it was looked for.
            return None
        busy.add(lane)
    message.lane = lane
    message.claim(channel, lease_until=real + timedelta(seconds=LEASE_SECONDS), now=tx.now)
    note(tx, message)
    promotes = message.purpose is Purpose.PROMOTION
    opt_out = tx.opt_out_links.of(message.id) if promotes else None
    return parcel_of(message, contact, form=form_of(tx, message, contact), opt_out=opt_out)


def _lay_out(tx: NotifyTransaction, message: Message, channel: str) -> None:
    """Let a message wait until somebody has carried it; once it has expired it is not sent."""
    message.lay_out(channel, tx.now)
    tx.set_timer(HOLD_TIMER, message.key, message.held_until or tx.now)
    note(tx, message)


def _abandon(tx: NotifyTransaction, desk: Desk, message: Message) -> None:
    """No channel is left, or the one that was tried is no longer offered."""
    if message.in_doubt or message.state is State.SENDING:
        message.doubt(Why.NO_CHANNEL, tx.now)
        note(tx, message)
    else:
        _fall_through(tx, desk, message, Why.NO_CHANNEL)


def _fall_through(tx: NotifyTransaction, desk: Desk, message: Message, why: str) -> None:
    """This channel failed."""
    message.fail(why, tx.now)
    pass_on(tx, desk, message)


def pass_on(tx: NotifyTransaction, desk: Desk, message: Message) -> None:
    """After a channel that failed comes the next one, or nobody is told in time."""
    note(tx, message)
    contact = tx.contacts.get(message.person_id)
    tried = tx.messages.tried(message) | {message.channel}
    channel = _choose(tx, desk, message, contact, tried)
    if channel is None or message.expired(tx.now):
        tx.emit(message.failed_for_good(), because=message.because)
        if message.digest_id is not None:
            follow(tx, message)
        tell_unreached(tx, message, contact)
        return
    onward = message.on(channel, id=new_id(), now=tx.now)
    onward.lane = lane_for(onward, contact)
    tx.messages.add(onward)
    note(tx, onward)


def _choose(
    tx: NotifyTransaction, desk: Desk, message: Message, contact: Contact, tried: frozenset[str]
) -> str | None:
    """The next channel that the contact wants; what serves work goes over another if need be."""
    avoided = tx.preferences.of(contact.id).avoided(message)
    found = desk.choose(message, contact, tried | avoided)
    if found is None and avoided and message.purpose is Purpose.SERVICE:
        return desk.choose(message, contact, tried)
    return found


def _awaited(message: Message, parcel: Parcel, outcome: Outcome) -> bool:
    if message.attempts != parcel.attempt:
        return False
    arrived = message.state is State.UNKNOWN and outcome.result is Result.DELIVERED
    return arrived or message.state is State.SENDING


def _meaning(desk: Desk, message: Message, outcome: Outcome, now: datetime) -> Result:
    """What the answer comes to: a repeatable channel is asked again until the message expires, and
    what may have arrived before is neither refused nor sent elsewhere."""
    result = outcome.result
    if result is Result.DOUBTFUL and desk.repeatable(message.channel):
        result = Result.DOUBTFUL if message.expired(now) else Result.UNREACHABLE
    elif result is Result.UNREACHABLE and message.expired(now):
        result = Result.REFUSED
    if result is Result.REFUSED and message.in_doubt and not outcome.certain:
        result = Result.DOUBTFUL
    return result


def _pause(message: Message) -> timedelta:
    seconds = full_jitter(message.attempts, first=FIRST_RETRY_SECONDS, cap=LAST_RETRY_SECONDS)
    return timedelta(seconds=seconds)
