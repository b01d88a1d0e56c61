"""Say nothing that must not be said, and what may be said at a decent moment (CM-18)."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact
from notify.domain.decency import (
    CapRule,
    Guard,
    Over,
    QuietRule,
    Recipient,
    TooLate,
    local_day,
    next_day,
)
from notify.domain.digests import DIGEST, DigestRule
from notify.domain.message_states import State, Why
from notify.domain.messages import Message, Purpose, Urgency
from shared.org_units import CalendarMissing, calendar_of
from shared.rules import Because, Ruling

HOLD_TIMER = "message.hold"
DIGEST_TIMER = "message.digest"
GUARDS = {
    Guard.BARRED: Why.CUSTOMER_BARRED,
    Guard.EXITED: Why.CUSTOMER_LEFT,
    Guard.OPTED_OUT: Why.OPTED_OUT,
}
A_MOMENT = timedelta(minutes=1)  # Most messages are sent sooner, and cost no second look.


class Verdict(NamedTuple):
    """Why a message is not said, by which clause; ``until`` when it may be, None: never."""

    why: Why
    because: Because
    until: datetime | None = None


def refusal(
    tx: NotifyTransaction, message: Message, contact: Contact | None = None
) -> Verdict | None:
    """Why a message must not be said at all: it is a courtesy that a guard stops. ``contact`` is
    its recipient where he is known.

    Raises UnitUnknown.
    """
    if message.purpose is Purpose.SERVICE:
        return None
    for guard, why in GUARDS.items():
        ruling = tx.guard(guard, purpose=message.purpose, unit=message.org_unit)
        if ruling and _stops(tx, guard, message, contact):
            return Verdict(why, ruling.because)
    return None


def _stops(tx: NotifyTransaction, guard: Guard, message: Message, contact: Contact | None) -> bool:
    if guard is Guard.OPTED_OUT:
        ways = contact.channels((message.channel, *message.route)) if contact else ()
        return tx.preferences.of(message.person_id).refuse(message, ways)
    if message.customer_id is None:
        return False
    if guard is Guard.EXITED:
        return tx.standings.has_left(message.customer_id, unit=message.org_unit)
    return tx.blacklist.bars(message.customer_id, unit=message.org_unit)


def may_be_cared_for(tx: NotifyTransaction, customer_id: UUID, *, unit: str) -> bool:
    """Whether no guard keeps a unit from a customer. Raises UnitUnknown."""
    guarded = {
        guard: tx.guard(guard, purpose=Purpose.CARE, unit=unit)
        for guard in (Guard.BARRED, Guard.EXITED)
    }
    barred = guarded[Guard.BARRED] and tx.blacklist.bars(customer_id, unit=unit)
    left = guarded[Guard.EXITED] and tx.standings.has_left(customer_id, unit=unit)
    return not barred and not left


def delay(tx: NotifyTransaction, message: Message, contact: Contact) -> Verdict | None:
    """Why a message is not said now: it stands in a digest later, it is quiet, or the person was
    told enough today. Of those who
    ask this for one person everybody but the first waits for his commit.

    Raises UnitUnknown.
    """
    verdict = _collected(tx, message, contact) or quiet(tx, message, contact)
    return verdict or _capped(tx, message, contact)


def collecting(
    tx: NotifyTransaction, message: Message, contact: Contact
) -> Ruling[DigestRule] | None:
    """By which rule a message waits for a digest; none where it is urgent, or is one itself."""
    if message.urgency is Urgency.HIGH or message.reason == DIGEST:
        return None
    return tx.digest(_recipient(contact), reason=message.reason, unit=message.org_unit)


def quiet(tx: NotifyTransaction, message: Message, contact: Contact) -> Verdict | None:
    """Why a message waits for a decent moment. Raises UnitUnknown."""
    ruling = tx.quiet_hours(
        _recipient(contact), purpose=message.purpose, reason=message.reason, unit=message.org_unit
    )
    if ruling is None or message.urgency in ruling.value.breaks_through:
        return None
    rule, zone = ruling.value, ZoneInfo(contact.zone)
    until = rule.next_decent(tx.now, zone, lambda day: _rests(tx, message.org_unit, day))
    if until == tx.now:
        return None
    if until is not None and until <= message.expires_at:
        return Verdict(Why.QUIET_HOURS, ruling.because, until)
    return _at_last(ruling)


def withhold(tx: NotifyTransaction, message: Message, verdict: Verdict) -> None:
    """Keep a message back as ``verdict`` says, and look at it again when it may be said."""
    message.said_on = None
    if verdict.until is None:
        message.suppress(verdict.why, tx.now, because=verdict.because)
        return
    message.hold(verdict.why, tx.now, until=verdict.until, because=verdict.because)
    if verdict.why is Why.DIGEST:
        person = f"person/{message.person_id}/{verdict.until.isoformat()}"
        tx.set_timer(DIGEST_TIMER, person, verdict.until)
    else:
        tx.set_timer(HOLD_TIMER, message.key, verdict.until)


def second_thoughts(tx: NotifyTransaction, message: Message, contact: Contact) -> Verdict | None:
    """Why what waited for its channel is not said now after all: it became quiet, or another day,
    for which it has to count. What may have arrived goes on, and so does what was looked at a
    moment ago. Raises UnitUnknown."""
    if message.in_doubt or message.state is State.SENDING:
        return None
    if tx.now - message.changed_at < A_MOMENT:
        return None
    if message.said_on is None or message.said_on == local_day(tx.now, contact.zone):
        return quiet(tx, message, contact)
    return delay(tx, message, contact)


def _collected(tx: NotifyTransaction, message: Message, contact: Contact) -> Verdict | None:
    """Why a message waits for a digest. What had its words already does not, nor what has waited
    for one, nor what would be too late then."""
    until = message.held_until if message.state_reason == Why.DIGEST else None
    if message.language is not None or (until is not None and until <= tx.now):
        return None
    ruling = collecting(tx, message, contact)
    until = ruling.value.next(tx.now, contact.zone) if ruling else None
    if ruling is None or until is None or until > message.expires_at:
        return None
    return Verdict(Why.DIGEST, ruling.because, until)


def _at_last(ruling: Ruling[QuietRule]) -> Verdict | None:
    if ruling.value.too_late is TooLate.SAY:
        return None
    return Verdict(Why.QUIET_TOO_LATE, ruling.because)


def _capped(tx: NotifyTransaction, message: Message, contact: Contact) -> Verdict | None:
    caps = tx.caps(_recipient(contact), purpose=message.purpose, unit=message.org_unit)
    counting = [one for one in caps if message.purpose in one.value.purposes]
    if not counting:
        return None
    tx.messages.count_alone(message.person_id)
    today = local_day(tx.now, contact.zone)
    for ruling in counting:
        if _full(tx, message, ruling.value, today):
            return _wait(tx, message, contact, ruling)
    message.said_on = today
    return None


def _full(tx: NotifyTransaction, message: Message, rule: CapRule, today: date) -> bool:
    said = tx.messages.said_on(today, to=message.person_id, purposes=rule.purposes)
    return len(said - {message.id}) >= rule.most


def _wait(
    tx: NotifyTransaction, message: Message, contact: Contact, ruling: Ruling[CapRule]
) -> Verdict:
    until = next_day(tx.now, contact.zone)
    if ruling.value.over is Over.SUPPRESS or until > message.expires_at:
        return Verdict(Why.CAP_REACHED, ruling.because)
    return Verdict(Why.CAP_REACHED, ruling.because, until)


def _recipient(contact: Contact) -> Recipient:
    return Recipient.STAFF if contact.is_staff else Recipient.CUSTOMER


def _rests(tx: NotifyTransaction, unit: str, day: date) -> bool:
    """Whether a day is off in a unit; none is where no calendar says so."""
    try:
        return not calendar_of(tx.session, unit).windows_on(day)
    except CalendarMissing:
        return False
