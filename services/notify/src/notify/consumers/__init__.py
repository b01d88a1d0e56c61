"""What wakes notify: SUBSCRIPTIONS (events of others) and TIMERS (time). The loop that sends what
was planned is in ``consumers.sender``."""

from typing import Any
from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.consumers import care
from notify.consumers.readings import NOTABLE, contacts, standings
from notify.domain.blacklist import BlacklistEntry
from notify.domain.contacts import Contact
from notify.domain.hearings import Heard
from notify.domain.message_states import Why
from notify.use_cases.blacklist import keep_entry
from notify.use_cases.contacts import forget_contact, keep_contact
from notify.use_cases.decency import DIGEST_TIMER, HOLD_TIMER
from notify.use_cases.digests import send_digest
from notify.use_cases.notices import pass_over, tell
from notify.use_cases.planning import resume_held
from notify.use_cases.standings import keep_owner
from shared import org_units
from shared.envelope import Received
from shared.subscriptions import Fired, Subscription, Subscriptions, Timers


def on_org_unit_changed(tx: NotifyTransaction, _event: Received, data: dict[str, Any]) -> None:
    org_units.define(tx.session, **data)


def on_contact_changed(tx: NotifyTransaction, _event: Received, data: Contact) -> None:
    keep_contact(tx, data)


def on_contact_erased(tx: NotifyTransaction, _event: Received, data: dict[str, Any]) -> None:
    forget_contact(tx, data["contact_id"])


def on_blacklisted(tx: NotifyTransaction, event: Received, data: dict[str, Any]) -> None:
    entry = keep_entry(tx, _entry(event, data, valid_until=data["valid_until"]))
    if entry.bars:
        on_notable_event(tx, event, data)
    else:
        pass_over(tx, _heard(event), data, why=Why.OVERTAKEN)


def on_blacklist_lifted(tx: NotifyTransaction, event: Received, data: dict[str, Any]) -> None:
    keep_entry(tx, _entry(event, data, lifted_at=event.time))
    on_notable_event(tx, event, data)


def on_notable_event(tx: NotifyTransaction, event: Received, data: dict[str, Any]) -> None:
    tell(tx, _heard(event), {**data, "sequence": event.sequence})


def on_owner_changed(tx: NotifyTransaction, event: Received, data: dict[str, Any]) -> None:
    keep_owner(tx, data["customer_id"], data["new_owner_id"])
    on_notable_event(tx, event, data)


def on_digest_due(tx: NotifyTransaction, fired: Fired) -> None:
    send_digest(tx, UUID(fired.subject.split("/")[1]))


def on_hold_ended(tx: NotifyTransaction, fired: Fired) -> None:
    resume_held(tx, care.id_of(fired))


def _heard(event: Received) -> Heard:
    return Heard(event_id=event.id, type=event.type, at=event.time)


def _entry(event: Received, data: dict[str, Any], **now: Any) -> BlacklistEntry:
    return BlacklistEntry(
        id=data["entry_id"],
        customer_id=data["customer_id"],
        customer_number=data.get("customer_number"),
        scope=data["scope"],
        unit=data["unit"],
        since=event.time,
        sequence=event.sequence,
        **now,
    )


SUBSCRIPTIONS: Subscriptions = {
    "dispatch.org_unit_changed.v1": Subscription(
        reads=contacts.OrgUnitChangedSchema(), handler=on_org_unit_changed
    ),
    "dispatch.person_contact_changed.v1": Subscription(
        reads=contacts.PersonContactSchema(), handler=on_contact_changed
    ),
    "customer.contact_changed.v1": Subscription(
        reads=contacts.CustomerContactSchema(), handler=on_contact_changed
    ),
    "customer.contact_erased.v1": Subscription(
        reads=contacts.ContactErasedSchema(), handler=on_contact_erased
    ),
    "complaint.case_contact_described.v1": Subscription(
        reads=contacts.CaseContactSchema(), handler=on_contact_changed
    ),
    "complaint.case_contact_erased.v1": Subscription(
        reads=contacts.CaseContactErasedSchema(), handler=on_contact_erased
    ),
    "customer.blacklisted.v1": Subscription(
        reads=standings.BlacklistedSchema(), handler=on_blacklisted
    ),
    "customer.blacklist_lifted.v1": Subscription(
        reads=standings.EntryReading(), handler=on_blacklist_lifted
    ),
    **care.SUBSCRIPTIONS,
    **{
        event: Subscription(reads=schema(), handler=on_notable_event)
        for event, schema in NOTABLE.items()
    },
    "customer.owner_changed.v1": Subscription(
        reads=NOTABLE["customer.owner_changed.v1"](), handler=on_owner_changed
    ),
}

TIMERS: Timers = {
    **care.TIMERS,
    HOLD_TIMER: on_hold_ended,
    DIGEST_TIMER: on_digest_due,
}
