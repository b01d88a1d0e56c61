"""Await the days of a contact's own, and keep them (CM-01)."""

from datetime import UTC, date
from uuid import UUID
from zoneinfo import ZoneInfo

from notify.adapters.transaction import NotifyTransaction
from notify.domain.birthdays import Birthday
from notify.domain.care_dates import CareDate
from notify.domain.care_rules import Action, CareTaskRule
from notify.domain.contacts import Contact
from notify.domain.occasions import ANNIVERSARY, BIRTHDAY, ONE_DAY, OWN_DATE
from notify.use_cases.care_tasks import open_task
from notify.use_cases.greetings import OwnDay, festivals_on, greet, own_days
from shared.ids import new_id
from shared.rules import UnitUnknown

BIRTHDAY_TIMER = "care.birthday"
UNIT_TIMER = "care.birthday_unit"
TASK_TIMER = "care.task_ahead"
TIMERS_OF = {
    BIRTHDAY: BIRTHDAY_TIMER,
    ANNIVERSARY: "care.anniversary",
    OWN_DATE: "care.own_date",
}


def await_days(tx: NotifyTransaction, contact: Contact) -> None:
    """Await the next days of a contact as soon as his unit is known.

    Until dispatch has told the unit nobody knows how it greets. A timer tries again, so that the
    contact is kept in the meantime and can be written to.
    """
    try:
        set_timers(tx, contact)
    except UnitUnknown:
        tx.set_timer(UNIT_TIMER, f"contact/{contact.id}", tx.now)


def set_timers(tx: NotifyTransaction, contact: Contact) -> None:
    """Await each day of a contact, today's included; forget those that are no more.

    The ledger sees to it that nobody is greeted twice in a year. Raises UnitUnknown.
    """
    if contact.is_staff or contact.org_unit is None:
        return
    today = tx.now.astimezone(ZoneInfo(contact.zone)).date()
    days = {own.occasion: own for own in own_days(tx, contact) if own.occasion != OWN_DATE}
    for occasion in (BIRTHDAY, ANNIVERSARY):
        if occasion in days and contact.active:
            _await(tx, contact, days[occasion], after=today - ONE_DAY)
        else:
            _forget(tx, occasion, f"contact/{contact.id}")
    for own in own_days(tx, contact):
        if own.occasion == OWN_DATE and contact.active:
            _await(tx, contact, own, after=today - ONE_DAY)
        elif own.occasion == OWN_DATE:
            _forget(tx, OWN_DATE, own.subject)


def resume_days(tx: NotifyTransaction, *, contact_id: UUID) -> None:
    """Await the days of a contact whose unit was not known. Raises UnitUnknown while it is not: the
    timer is then tried again."""
    contact = tx.contacts.find(contact_id)
    if contact is not None:
        set_timers(tx, contact)


def greet_own_day(tx: NotifyTransaction, *, occasion: str, subject: str, on: date) -> None:
    """Greet a contact for a day of his own that is kept ``on``, and await the next one.

    Raises UnitUnknown.
    """
    contact, own = _found(tx, occasion, subject)
    if contact is None or own is None:
        return
    ruling = tx.greeting(occasion, contact=contact)
    if ruling is not None:
        festivals = [*festivals_on(tx, contact.org_unit or "", on)]
        greet(tx, contact, own.next(on - ONE_DAY), ruling, festivals=festivals)
    _await_greeting(tx, contact, own, after=on)
    _await_tasks(tx, contact, own, after=on - ONE_DAY)


def open_own_task(
    tx: NotifyTransaction, *, occasion: str, subject: str, on: date, action: Action
) -> None:
    """Open what the staff does for a day of a contact's own that is kept ``on``, and await the next
    one. Raises UnitUnknown."""
    contact, own = _found(tx, occasion, subject)
    if contact is None or own is None:
        return
    for ruling in tx.care_tasks_for(occasion, contact=contact):
        if ruling.value.action is action:
            open_task(tx, contact, own.next(on - ONE_DAY), ruling)
            _await_task(tx, contact, own, ruling.value, after=on)


def keep_date(tx: NotifyTransaction, contact: Contact, *, title: str, day: Birthday) -> CareDate:
    """Keep a day for a contact, and await it. Raises UnitUnknown."""
    date_ = CareDate(
        id=new_id(),
        contact_id=contact.id,
        org_unit=contact.org_unit or "",
        title=title,
        day=day,
        recorded_by=tx.origin.actor,
        recorded_at=tx.now,
    )
    tx.care_dates.add(date_)
    tx.record("care_date.kept", date_.key, contact_id=contact.id)
    tx.session.flush()
    set_timers(tx, contact)
    return date_


def drop_date(tx: NotifyTransaction, date_: CareDate) -> CareDate:
    """Keep a day no more."""
    tx.care_dates.drop(date_.id)
    _forget(tx, OWN_DATE, date_.key)
    tx.record("care_date.dropped", date_.key, contact_id=date_.contact_id)
    return date_


def forget_dates(tx: NotifyTransaction, contact_id: UUID) -> None:
    """Keep nothing of what was kept for a contact who is erased."""
    for one in tx.care_dates.of(contact_id):
        tx.care_dates.drop(one.id)
        _forget(tx, OWN_DATE, one.key)


def _found(
    tx: NotifyTransaction, occasion: str, subject: str
) -> tuple[Contact | None, OwnDay | None]:
    kind, _, id_ = subject.partition("/")
    kept = tx.care_dates.find(UUID(id_)) if kind == "care_date" else None
    if kind == "care_date" and kept is None:
        return None, None
    contact = tx.contacts.find(kept.contact_id if kept else UUID(id_))
    if contact is None or not contact.active:
        return None, None
    same = (
        own for own in own_days(tx, contact) if (own.occasion, own.subject) == (occasion, subject)
    )
    return contact, next(same, None)


def _await(tx: NotifyTransaction, contact: Contact, own: OwnDay, *, after: date) -> None:
    _await_greeting(tx, contact, own, after=after)
    _await_tasks(tx, contact, own, after=after)


def _await_greeting(tx: NotifyTransaction, contact: Contact, own: OwnDay, *, after: date) -> None:
    greeting = tx.greeting(own.occasion, contact=contact)
    if greeting is None:
        tx.cancel_timer(TIMERS_OF[own.occasion], own.subject)
        return
    on = own.next(after).on
    at = greeting.value.starts(on, zone=contact.zone).astimezone(UTC)
    tx.set_timer(TIMERS_OF[own.occasion], own.subject, at, on=on)


def _await_tasks(tx: NotifyTransaction, contact: Contact, own: OwnDay, *, after: date) -> None:
    """Await each task that a pack has for a day; what is no task any more is forgotten."""
    tasks = tx.care_tasks_for(own.occasion, contact=contact)
    found = {one.value.action: one.value for one in tasks}
    for action in Action:
        if action in found:
            _await_task(tx, contact, own, found[action], after=after)
        else:
            tx.cancel_timer(TASK_TIMER, _task_of(own.occasion, own.subject, action))


def _await_task(
    tx: NotifyTransaction, contact: Contact, own: OwnDay, rule: CareTaskRule, *, after: date
) -> None:
    on = own.next(after).on
    at = rule.starts(on, zone=contact.zone, ahead=rule.lead_days).astimezone(UTC)
    tx.set_timer(TASK_TIMER, _task_of(own.occasion, own.subject, rule.action), at, on=on)


def _forget(tx: NotifyTransaction, occasion: str, subject: str) -> None:
    tx.cancel_timer(TIMERS_OF[occasion], subject)
    for action in Action:
        tx.cancel_timer(TASK_TIMER, _task_of(occasion, subject, action))


def _task_of(occasion: str, subject: str, action: Action) -> str:
    return f"{subject}/{occasion}/{action}"
