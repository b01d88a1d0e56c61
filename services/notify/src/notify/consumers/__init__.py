"""What wakes notify: SUBSCRIPTIONS (events of others) and TIMERS (time). The loop that sends what
was planned is in ``consumers.sender``."""

from datetime import date
from typing import Any
from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.consumers import readings
from notify.domain.contacts import Contact
from notify.use_cases.birthdays import (
    BIRTHDAY_TIMER,
    UNIT_TIMER,
    greet_birthday,
    resume_birthday,
)
from notify.use_cases.contacts import forget_contact, keep_contact
from notify.use_cases.notices import tell
from shared import org_units
from shared.envelope import Received
from shared.subscriptions import Fired, Subscription, Subscriptions, Timers


def on_org_unit_changed(tx: NotifyTransaction, _event: Received, data: dict[str, Any]) -> None:
    org_units.define(tx.session, **data)


def on_contact_changed(tx: NotifyTransaction, _event: Received, data: Contact) -> None:
    keep_contact(tx, data)


def on_contact_erased(tx: NotifyTransaction, _event: Received, data: dict[str, Any]) -> None:
    forget_contact(tx, data["contact_id"])


def on_notable_event(tx: NotifyTransaction, event: Received, data: dict[str, Any]) -> None:
    tell(tx, event.type, {**data, "sequence": event.sequence})


def on_birthday(tx: NotifyTransaction, fired: Fired) -> None:
    on, year = date.fromisoformat(fired.data["on"]), fired.data["year"]
    greet_birthday(tx, contact_id=_contact_of(fired), on=on, year=year)


def on_birthday_unit(tx: NotifyTransaction, fired: Fired) -> None:
    resume_birthday(tx, contact_id=_contact_of(fired))


def _contact_of(fired: Fired) -> UUID:
    return UUID(fired.subject.partition("/")[2])


SUBSCRIPTIONS: Subscriptions = {
    "dispatch.org_unit_changed.v1": Subscription(
        reads=readings.OrgUnitChangedSchema(), handler=on_org_unit_changed
    ),
    "dispatch.person_contact_changed.v1": Subscription(
        reads=readings.PersonContactSchema(), handler=on_contact_changed
    ),
    "customer.contact_changed.v1": Subscription(
        reads=readings.CustomerContactSchema(), handler=on_contact_changed
    ),
    "customer.contact_erased.v1": Subscription(
        reads=readings.ContactErasedSchema(), handler=on_contact_erased
    ),
    **{
        event: Subscription(reads=schema(), handler=on_notable_event)
        for event, schema in readings.NOTABLE.items()
    },
}

TIMERS: Timers = {BIRTHDAY_TIMER: on_birthday, UNIT_TIMER: on_birthday_unit}
