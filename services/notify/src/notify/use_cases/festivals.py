"""Greet everybody of a unit on a festival, a bounded number at a time (CM-01, CM-06).

A circle, the contacts of one unit in one time zone, wakes once each of its days, and sets a timer
for each passage through it: of a festival, what is done for it, and when. A passage takes ``MOST``
contacts in a transaction and keeps behind whom it goes on, so that the death of the worker costs
the last few at most, who are neither lost nor greeted twice.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from notify.adapters.transaction import NotifyTransaction
from notify.domain.care_rules import MESSAGE
from notify.domain.contacts import Contact
from notify.domain.occasions import ONE_DAY, Festival, Occurrence
from notify.use_cases.care_tasks import open_task
from notify.use_cases.greetings import festivals_on, greet

DAY_TIMER = "care.day"
FESTIVAL_TIMER = "care.festival"
MOST = 200  # Contacts in one transaction.


@dataclass(frozen=True, kw_only=True)
class Passage:
    """What is done for a festival: ``what`` is a greeting or the action of a task, ``lead_days``
    before the day at ``at`` local time; kept ``on``, in ``year`` of its own calendar."""

    occasion: str
    on: date
    year: int
    what: str
    at: time
    lead_days: int

    @property
    def name(self) -> str:
        return f"{self.occasion}/{self.what}/{self.lead_days}/{self.at:%H%M}"

    def data(self) -> dict[str, Any]:
        return {**asdict(self), "on": self.on.isoformat(), "at": self.at.isoformat()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Passage":
        on, at = date.fromisoformat(data["on"]), time.fromisoformat(data["at"])
        named = {name: data[name] for name in ("occasion", "year", "what", "lead_days")}
        return cls(**named, on=on, at=at)


def enter_circle(tx: NotifyTransaction, contact: Contact) -> None:
    """See that the festivals of a contact's unit are kept in his time zone, from today on."""
    if contact.is_staff or not contact.active or contact.org_unit is None:
        return
    if tx.circles.enter(contact.org_unit, contact.zone):
        today = tx.now.astimezone(ZoneInfo(contact.zone)).date()
        tx.set_timer(DAY_TIMER, f"{contact.org_unit}/{contact.zone}", tx.now, on=today)


def begin_day(tx: NotifyTransaction, circle: str, *, on: date) -> None:
    """Set the timers of a circle for a local day, and wake again on the next. Raises UnitUnknown.

    A unit that was never told keeps no festivals: the timer is tried again until it is.
    """
    unit, _, zone = circle.partition("/")
    for passage in _passages(tx, unit, on):
        at = datetime.combine(on, passage.at, ZoneInfo(zone)).astimezone(UTC)
        tx.set_timer(FESTIVAL_TIMER, _subject(circle, passage), at, **passage.data())
    midnight = datetime.combine(on + ONE_DAY, time(), ZoneInfo(zone)).astimezone(UTC)
    tx.set_timer(DAY_TIMER, circle, midnight, on=on + ONE_DAY)


def go_on(tx: NotifyTransaction, circle: str, passage: Passage, *, behind: UUID | None) -> None:
    """Take the next contacts of a circle through a passage, and come back for the others at once.

    Raises UnitUnknown.
    """
    unit, _, zone = circle.partition("/")
    members = tx.circles.members(unit, zone, behind=behind, most=MOST)
    festivals = festivals_on(tx, unit, passage.on)
    if passage.occasion not in festivals:
        return
    festival = festivals[passage.occasion][0]
    for contact in members:
        _keep(tx, contact, festival, passage, [*festivals])
    if len(members) == MOST:
        last = str(members[-1].id)
        tx.set_timer(
            FESTIVAL_TIMER, _subject(circle, passage), tx.now, **passage.data(), behind=last
        )


def _keep(
    tx: NotifyTransaction,
    contact: Contact,
    festival: Festival,
    passage: Passage,
    festivals: list[str],
) -> None:
    occurrence = Occurrence(
        occasion=festival.code,
        subject=f"contact/{contact.id}",
        on=passage.on,
        year=passage.year,
        words={"occasion": festival.called(contact.language)},
    )
    if passage.what == MESSAGE:
        ruling = tx.greeting(festival.code, contact=contact)
        if ruling is not None and ruling.value.at == passage.at:
            greet(tx, contact, occurrence, ruling, festivals=festivals)
        return
    for task in tx.care_tasks_for(festival.code, contact=contact):
        rule = task.value
        mine = rule.action == passage.what and rule.at == passage.at
        if mine and rule.lead_days == passage.lead_days:
            open_task(tx, contact, occurrence, task)


def _passages(tx: NotifyTransaction, unit: str, on: date) -> list[Passage]:
    """What begins in a unit on a day."""
    found = []
    for what, at, lead_days, occasions in tx.care_times(unit=unit):
        day = on + timedelta(days=lead_days)
        for code, (_, year) in festivals_on(tx, unit, day).items():
            if code in occasions:
                found.append(
                    Passage(occasion=code, on=day, year=year, what=what, at=at, lead_days=lead_days)
                )
    return found


def _subject(circle: str, passage: Passage) -> str:
    return f"{circle}|{passage.name}"
