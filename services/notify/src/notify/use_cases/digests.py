"""Collect what can wait, and say it in one message to one person (CM-18)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact
from notify.domain.digests import DIGEST, DigestRule, line_of, numbered, portions
from notify.domain.messages import Intent, Message, Purpose, Urgency
from notify.domain.templates import render
from notify.use_cases.decency import collecting, refusal
from notify.use_cases.planning import follow, look_again, note, plan, words_of
from shared.org_units import chain
from shared.rules import Ruling


class Heap(NamedTuple):
    """What goes into one digest: of units below one top, for one purpose, by one rule."""

    top: str
    purpose: Purpose
    ruling: Ruling[DigestRule]


def send_digest(tx: NotifyTransaction, person_id: UUID) -> None:
    """Say what was collected for a person until now. What stands alone is said as it is, and so is
    what no pack collects any more. Raises UnitUnknown."""
    contact = tx.contacts.get(person_id)
    heaps: dict[Heap, list[Message]] = defaultdict(list)
    for message in tx.messages.collected_for(person_id, tx.now):
        ruling = _ruling(tx, message, contact)
        if ruling is None:
            look_again(tx, message, contact)
        else:
            top = chain(tx.session, message.org_unit)[-1]
            heaps[Heap(top, message.purpose, ruling)].append(message)
    for heap, messages in heaps.items():
        lines = [_line(tx, message, contact) for message in messages]
        for some in portions(lines):
            _say(tx, contact, heap, {messages[index]: lines[index] for index in some}, some[0])


def _ruling(tx: NotifyTransaction, message: Message, contact: Contact) -> Ruling[DigestRule] | None:
    """By which rule a message goes into a digest; None: it is looked at alone."""
    if not contact.active or message.expired(tx.now) or refusal(tx, message, contact):
        return None
    return collecting(tx, message, contact)


def _say(
    tx: NotifyTransaction, contact: Contact, heap: Heap, messages: Mapping[Message, str], first: int
) -> None:
    """``messages`` are those of one digest, each with its line."""
    digest = plan(tx, _digest(tx, contact, heap, messages, first)) if len(messages) > 1 else None
    if digest is None:
        for message in messages:
            look_again(tx, message, contact)
        return
    digest.digest_id = digest.id
    for message in messages:
        message.collect(digest.id, tx.now, because=heap.ruling.because)
        note(tx, message)
    tx.session.flush()
    follow(tx, digest)


def _digest(
    tx: NotifyTransaction, contact: Contact, heap: Heap, messages: Mapping[Message, str], first: int
) -> Intent:
    rule = heap.ruling.value
    local = tx.now.astimezone(ZoneInfo(contact.zone))
    return Intent(
        reason=DIGEST,
        subject=f"unit/{heap.top}",
        occurrence=f"{_minute(local)}/{heap.purpose}/{first}",
        person_id=contact.id,
        org_unit=_common(tx, [*messages]),
        template=rule.template,
        urgency=Urgency.NORMAL,
        route=rule.channels,
        words={"count": str(len(messages)), "list": numbered([*messages.values()])},
        because=heap.ruling.because,
        expires_at=rule.expires(tx.now),
        purpose=heap.purpose,
    )


def _minute(local: datetime) -> str:
    return local.isoformat(timespec="minutes")


def _line(tx: NotifyTransaction, message: Message, contact: Contact) -> str:
    template = tx.templates.best(message.template, contact.language)
    said = render(template.wording, words_of(tx, message, contact, template.language))
    return line_of(said, name=contact.name)


def _common(tx: NotifyTransaction, messages: Sequence[Message]) -> str:
    """The lowest unit at or above all that the messages are about."""
    units = [message.org_unit for message in messages]
    above = [set(chain(tx.session, unit)) for unit in units]
    shared = set.intersection(*above)
    return next(unit for unit in chain(tx.session, units[0]) if unit in shared)
