"""Enter into the ledger what is to be said, once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact, ContactKind
from notify.domain.message_states import Why
from notify.domain.messages import COURTESIES, Intent, Message
from notify.domain.templates import render
from shared.ids import new_id


def plan(tx: NotifyTransaction, intent: Intent) -> Message | None:
    """Plan a message, or hold it while its recipient is not known; None when it was planned before.

    Raises UnitUnknown.
    """
    if tx.messages.known(intent):
        return None
    message = Message.of(intent, id=new_id(), now=tx.now)
    contact = _find(tx, intent)
    if contact is not None:
        release(tx, message, contact)
    tx.messages.add(message)
    note(tx, message)
    return message


def release(tx: NotifyTransaction, message: Message, contact: Contact) -> None:
    """Find the words for a message whose recipient is known, or say why it is not sent."""
    if not contact.active:
        message.suppress(Why.CONTACT_INACTIVE, tx.now)
    elif is_unwelcome(tx, message):
        message.suppress(Why.CUSTOMER_BARRED, tx.now)
    elif message.expired(tx.now):
        message.suppress(Why.TOO_LATE, tx.now)
    else:
        template = tx.templates.best(message.template, contact.language)
        said = render(template.wording, _words(message, contact))
        if contact.kind is ContactKind.CUSTOMER_CONTACT and said.offences(
            tx.banned(message.org_unit)
        ):
            message.suppress(Why.PHRASE_BANNED, tx.now)
        else:
            message.release(template, said, contact.channels(message.route), tx.now)


def is_unwelcome(tx: NotifyTransaction, message: Message) -> bool:
    """Whether it is a courtesy to a customer with whom its unit may not deal (AD-21, CM-18).

    Raises UnitUnknown.
    """
    if message.customer_id is None or message.purpose not in COURTESIES:
        return False
    return tx.blacklist.bars(message.customer_id, unit=message.org_unit)


def note(tx: NotifyTransaction, message: Message) -> None:
    """Let the timeline of the message say in which state it is now, and why."""
    tx.note(
        message.key,
        f"message.{message.state}",
        because=message.because,
        channel=message.channel,
        reason=message.state_reason,
        attempts=message.attempts,
    )


def _find(tx: NotifyTransaction, intent: Intent) -> Contact | None:
    contact = tx.contacts.find(intent.person_id)
    if contact is None:
        tx.contacts.alone(intent.person_id)
        contact = tx.contacts.find(intent.person_id)
    return contact


def _words(message: Message, contact: Contact) -> dict[str, str]:
    zone = ZoneInfo(contact.zone)
    shown = {name: _shown(name, value, zone) for name, value in message.words.items()}
    return {**shown, "name": contact.name}


def _shown(name: str, value: str, zone: ZoneInfo) -> str:
    if not name.endswith("_at"):
        return value
    return datetime.fromisoformat(value).astimezone(zone).strftime("%Y-%m-%d %H:%M")
