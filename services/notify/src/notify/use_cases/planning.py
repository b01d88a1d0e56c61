"""Enter into the ledger what is to be said, once."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from notify.adapters.terms import listed
from notify.adapters.transaction import NotifyTransaction
from notify.domain.catalogue import NONE
from notify.domain.contacts import STAFF_WORDS, Contact, ContactKind
from notify.domain.digests import DIGEST, FOLLOWS
from notify.domain.lanes import lane_of
from notify.domain.message_states import State, Why
from notify.domain.messages import Intent, Message
from notify.domain.templates import render
from notify.use_cases.decency import Verdict, delay, refusal, withhold
from notify.use_cases.routes import route_of
from shared.ids import new_id
from shared.rules import Because


def plan(tx: NotifyTransaction, intent: Intent) -> Message | None:
    """Plan a message, or hold it while its recipient is not known; None when it was planned before.

    Raises UnitUnknown.
    """
    waiting = tx.messages.place_of(intent)
    if waiting is None:
        return None
    message = Message.of(intent, id=new_id(), now=tx.now, waiting=waiting)
    contact = _find(tx, intent)
    if contact is not None:
        release(tx, message, contact)
    tx.messages.add(message)
    note(tx, message)
    return message


def addressed(tx: NotifyTransaction, intent: Intent) -> Intent:
    """The intent for whoever is told: where a case names nobody, its customer's only contact."""
    named = tx.contacts.find(intent.person_id)
    if named is None or named.kind is not ContactKind.CASE_CONTACT:
        return intent
    if named.addresses or not named.active:
        return intent
    contact = tx.contacts.only_one_of(named.customer_id) if named.customer_id else None
    return replace(intent, person_id=contact.id) if contact else intent


def release(tx: NotifyTransaction, message: Message, contact: Contact) -> None:
    """Find the words for a message whose recipient is known, or say why it is not sent."""
    if not contact.active:
        message.suppress(Why.CONTACT_INACTIVE, tx.now)
    elif refused := refusal(tx, message, contact):
        message.suppress(refused.why, tx.now, because=refused.because)
    elif message.expired(tx.now):
        _miss(tx, message, Why.TOO_LATE, contact, because=message.because)
    elif message.language is None:
        _word(tx, message, contact)
    elif verdict := delay(tx, message, contact):
        keep_back(tx, message, contact, verdict)
    else:
        message.resume(tx.now)


def look_again(tx: NotifyTransaction, message: Message, contact: Contact) -> None:
    """Release a message that was held, unless there is still a reason to hold it. Raises
    UnitUnknown."""
    before = message.state, message.state_reason, message.held_until
    release(tx, message, contact)
    if before != (message.state, message.state_reason, message.held_until):
        note(tx, message)


def keep_back(tx: NotifyTransaction, message: Message, contact: Contact, verdict: Verdict) -> None:
    """Hold or suppress a message as it was decided."""
    withhold(tx, message, verdict)
    if message.state is State.SUPPRESSED:
        tell_unreached(tx, message, contact)


def resume_held(tx: NotifyTransaction, message_id: UUID) -> None:
    """Look again at a message for which a better moment has come. Raises UnitUnknown."""
    message = tx.messages.locked(message_id)
    due = message.held_until is not None and message.held_until <= tx.now
    if message.state is State.HELD and due:
        look_again(tx, message, tx.contacts.get(message.person_id))


def lane_for(message: Message, contact: Contact) -> str:
    """The lane of what its channel carries to the contact."""
    address = contact.address_on(message.channel)
    return lane_of(message.channel, address, person_id=message.person_id)


def tell_unreached(tx: NotifyTransaction, message: Message, contact: Contact) -> None:
    """Let complaint know when it is the customer of a case who does not get to hear something."""
    if not contact.is_staff:
        tx.emit(*message.unreached(), because=message.because)


def note(tx: NotifyTransaction, message: Message) -> None:
    """Let the timeline of the message say in which state it is now, and why."""
    tx.note(
        message.key,
        f"message.{message.state}",
        because=message.state_because or message.because,
        channel=message.channel,
        reason=message.state_reason,
        attempts=message.attempts,
    )
    if message.reason == DIGEST and message.state is not State.FAILED:
        follow(tx, message)


def follow(tx: NotifyTransaction, digest: Message) -> None:
    """What stands in a digest goes its way. One that failed is followed when no channel is left."""
    commands = FOLLOWS.get(digest.state, ())
    for message in tx.messages.in_digest(digest) if commands and digest.digest_id else ():
        command = next((one for one in commands if message.takes(one)), None)
        if command is not None:
            message.follow(digest, command, tx.now)
            note(tx, message)


def _find(tx: NotifyTransaction, intent: Intent) -> Contact | None:
    contact = tx.contacts.find(intent.person_id)
    if contact is None:
        tx.contacts.alone(intent.person_id)
        contact = tx.contacts.find(intent.person_id)
    return contact


def _word(tx: NotifyTransaction, message: Message, contact: Contact) -> None:
    """Find words and channels. That there is no way to say it is found before it waits."""
    template = tx.templates.best(message.template, contact.language)
    said = render(template.wording, words_of(tx, message, contact, template.language))
    route = route_of(tx, message, contact, template, said)
    banned = () if contact.is_staff else said.offences(tx.banned(message.org_unit))
    if why := _call_instead(message, contact, route):
        _miss(tx, message, why, contact)
    elif banned:
        _miss(tx, message, Why.PHRASE_BANNED, contact, because=banned[0].because)
    elif verdict := delay(tx, message, contact):
        keep_back(tx, message, contact, verdict)
    else:
        wanted = tx.preferences.of(contact.id).in_order(message, route)
        message.release(template, said, wanted, tx.now)
        message.lane = lane_for(message, contact)


def _call_instead(message: Message, contact: Contact, route: tuple[str, ...]) -> Why | None:
    """Why the handler of a case has to call its customer (CM-04): he wants it so before all else,
    or no channel reaches him."""
    if contact.is_staff or message.case is None:
        return None
    if contact.wants_calls:
        return Why.CALL_WANTED
    return None if route else Why.NO_ADDRESS


def _miss(
    tx: NotifyTransaction,
    message: Message,
    why: Why,
    contact: Contact,
    *,
    because: Because | None = None,
) -> None:
    message.suppress(why, tx.now, because=because)
    tell_unreached(tx, message, contact)


def words_of(
    tx: NotifyTransaction, message: Message, contact: Contact, language: str
) -> dict[str, str]:
    """The words of a message as they stand in a text of ``language``."""
    zone = ZoneInfo(contact.zone)
    shown = {
        name: value if value == NONE else _shown(tx, name, value, zone=zone, language=language)
        for name, value in (message.words or {}).items()
    }
    return {**shown, "name": contact.name}


def _shown(tx: NotifyTransaction, name: str, value: str, *, zone: ZoneInfo, language: str) -> str:
    """What stands for a word in the text: see ``TEMPLATES``."""
    if name.endswith("_at"):
        return datetime.fromisoformat(value).astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if name == "steps":
        return listed(value, language)
    if name in STAFF_WORDS:
        handler = tx.contacts.find(UUID(value))
        return handler.as_staff(name) or NONE if handler and handler.active else NONE
    return value
