"""Greet a contact for what falls on a day (CM-01, CM-06)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date
from typing import NamedTuple

from notify.adapters.lunar import solar_of
from notify.adapters.transaction import NotifyTransaction
from notify.domain.birthdays import Birthday, BirthdayCalendar, next_birthday
from notify.domain.care_rules import GreetingRule
from notify.domain.contacts import Contact
from notify.domain.messages import Intent, Purpose
from notify.domain.occasions import (
    ANNIVERSARY,
    BIRTHDAY,
    ONE_DAY,
    OWN_DATE,
    Festival,
    Occurrence,
)
from notify.use_cases.planning import plan
from shared.rules import Ruling


class OwnDay(NamedTuple):
    """A day of a contact's own: an occasion, whose it is, what it is called, and when it began."""

    occasion: str
    subject: str
    day: Birthday
    title: str = ""
    began: date = date.min

    def next(self, after: date) -> Occurrence:
        """When it falls on a day later than ``after``, and later than its own beginning."""
        kept = next_birthday(self.day, after=max(after, self.began), solar_of=solar_of)
        words = {}
        if self.occasion == ANNIVERSARY:
            words["years"] = str(kept.year - self.began.year)
        if self.occasion == OWN_DATE:
            words["occasion"] = self.title
        return Occurrence(
            occasion=self.occasion, subject=self.subject, on=kept.on, year=kept.year, words=words
        )


def own_days(tx: NotifyTransaction, contact: Contact) -> Iterator[OwnDay]:
    """The birthday of a contact, the day on which the cooperation with his customer began, and what
    the staff keeps for him."""
    subject = f"contact/{contact.id}"
    if contact.birthday is not None:
        yield OwnDay(BIRTHDAY, subject, contact.birthday)
    since = contact.customer_since
    if since is not None:
        day = Birthday(BirthdayCalendar.SOLAR, since.month, since.day)
        yield OwnDay(ANNIVERSARY, subject, day, began=since)
    for one in tx.care_dates.of(contact.id):
        yield OwnDay(OWN_DATE, one.key, one.day, one.title)


def festivals_on(tx: NotifyTransaction, unit: str, day: date) -> dict[str, tuple[Festival, int]]:
    """The festivals of a unit on a day, by code, each with the year of its calendar.

    Raises UnitUnknown.
    """
    found: dict[str, tuple[Festival, int]] = {}
    for ruling in tx.festivals(unit=unit):
        year = ruling.value.year_on(day, solar_of)
        if year is not None:
            found.setdefault(ruling.value.code, (ruling.value, year))
    return found


def greet(
    tx: NotifyTransaction,
    contact: Contact,
    occurrence: Occurrence,
    ruling: Ruling[GreetingRule],
    *,
    festivals: Sequence[str],
) -> None:
    """Plan the greeting, unless that of another occasion of the same day is said instead.

    ``festivals`` are those of that day. One that comes too late is kept in the ledger as
    suppressed. A promotion is for those alone who asked for it. Raises UnitUnknown.
    """
    unit = contact.org_unit or ""
    others = [*festivals, *_own_on(tx, contact, occurrence.on)]
    greeted = {one for one in others if tx.greeting(one, contact=contact)} - {occurrence.occasion}
    day = tx.care_day(unit=unit)
    if day and day.value.silences(occurrence.occasion, greeted):
        return
    rule = ruling.value
    if rule.purpose is Purpose.PROMOTION and not tx.promotion_consents.holds(contact.id):
        return
    plan(
        tx,
        Intent(
            reason=occurrence.occasion,
            subject=occurrence.subject,
            occurrence=str(occurrence.year),
            person_id=contact.id,
            org_unit=unit,
            template=rule.template,
            urgency=rule.urgency,
            route=rule.channels,
            words=occurrence.words,
            because=ruling.because,
            expires_at=rule.ends(occurrence.on, zone=contact.zone).astimezone(UTC),
            customer_id=contact.customer_id,
            purpose=rule.purpose,
        ),
    )


def _own_on(tx: NotifyTransaction, contact: Contact, day: date) -> Iterator[str]:
    for own in own_days(tx, contact):
        if own.next(day - ONE_DAY).on == day:
            yield own.occasion
