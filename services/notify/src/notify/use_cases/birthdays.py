"""Greet the contacts of customers on their birthdays (CM-01)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from notify.adapters.lunar import solar_of
from notify.adapters.transaction import NotifyTransaction
from notify.domain.birthdays import next_birthday
from notify.domain.contacts import Contact
from notify.domain.messages import BIRTHDAY, Intent, Purpose
from notify.domain.notice_rules import GreetingRule
from notify.use_cases.planning import plan
from shared.rules import Ruling, UnitUnknown

BIRTHDAY_TIMER = "care.birthday"
UNIT_TIMER = "care.birthday_unit"


def await_birthday(tx: NotifyTransaction, contact: Contact) -> None:
    """Await the next birthday of a contact as soon as his unit is known.

    Until dispatch has told the unit nobody knows how it greets. A timer tries again, so that the
    contact is kept in the meantime and can be written to.
    """
    try:
        set_birthday_timer(tx, contact)
    except UnitUnknown:
        tx.set_timer(UNIT_TIMER, f"contact/{contact.id}", tx.now)


def set_birthday_timer(tx: NotifyTransaction, contact: Contact) -> None:
    """Await the next birthday of a contact, today's included; forget it when there is none.

    The ledger sees to it that nobody is greeted twice in a year. Raises UnitUnknown.
    """
    today = tx.now.astimezone(ZoneInfo(contact.zone)).date()
    _await_birthday(tx, contact, after=today - timedelta(days=1))


def resume_birthday(tx: NotifyTransaction, *, contact_id: UUID) -> None:
    """Await the birthday of a contact whose unit was not known. Raises UnitUnknown while it is not:
    the timer is then tried again."""
    contact = tx.contacts.find(contact_id)
    if contact is not None:
        set_birthday_timer(tx, contact)


def greet_birthday(tx: NotifyTransaction, *, contact_id: UUID, on: date, year: int) -> None:
    """Plan the greeting for the birthday kept ``on`` and await the next one.

    ``year`` is that of the calendar of the birthday. One that comes too late is kept in the ledger
    as suppressed. Raises UnitUnknown.
    """
    contact = tx.contacts.find(contact_id)
    ruling = _ruling(tx, contact) if contact else None
    if contact is None or ruling is None:
        return
    plan(tx, _greeting(contact, ruling, on=on, year=year))
    _await_birthday(tx, contact, after=on)


def _await_birthday(tx: NotifyTransaction, contact: Contact, *, after: date) -> None:
    ruling = _ruling(tx, contact)
    if ruling is None or contact.birthday is None:
        tx.cancel_timer(BIRTHDAY_TIMER, f"contact/{contact.id}")
        return
    kept = next_birthday(contact.birthday, after=after, solar_of=solar_of)
    due_at = _greeted_at(contact, ruling.value, kept.on)
    tx.set_timer(BIRTHDAY_TIMER, f"contact/{contact.id}", due_at, on=kept.on, year=kept.year)


def _ruling(tx: NotifyTransaction, contact: Contact) -> Ruling[GreetingRule] | None:
    if not contact.active or contact.birthday is None or contact.org_unit is None:
        return None
    return tx.greeting(BIRTHDAY, unit=contact.org_unit)


def _greeted_at(contact: Contact, rule: GreetingRule, on: date) -> datetime:
    return datetime.combine(on, rule.at, ZoneInfo(contact.zone)).astimezone(UTC)


def _greeting(contact: Contact, ruling: Ruling[GreetingRule], *, on: date, year: int) -> Intent:
    rule = ruling.value
    return Intent(
        reason=BIRTHDAY,
        subject=f"contact/{contact.id}",
        occurrence=str(year),
        person_id=contact.id,
        org_unit=contact.org_unit or "",
        template=rule.template,
        urgency=rule.urgency,
        route=rule.channels,
        words={},
        because=ruling.because,
        expires_at=_greeted_at(contact, rule, on) + timedelta(hours=rule.grace_hours),
        customer_id=contact.customer_id,
        purpose=Purpose.CARE,
    )
