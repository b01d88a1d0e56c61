"""Tell the staff what happened, and customers what concerns their cases."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.domain import catalogue
from notify.domain.catalogue import CATALOGUE
from notify.domain.hearings import Decision, Heard, Hearing
from notify.domain.message_states import Why
from notify.domain.messages import Intent
from notify.domain.notice_rules import NoticeRule
from notify.use_cases.planning import addressed, note, plan
from shared.ids import new_id
from shared.rules import Ruling


def tell(tx: NotifyTransaction, heard: Heard, data: Mapping[str, Any]) -> None:
    """Plan a message to everybody whom the packs name for an event, cancel what it overtakes, and
    keep which rules spoke.

    Of two rules with the same reason the first one speaks, so that nobody is told twice. Raises
    UnitUnknown.
    """
    hearing = _hearing(tx, heard, data)
    facts = {name: data[name] for name in CATALOGUE[heard.type].facts}
    rulings = tx.notices(heard.type, unit=data["org_unit"], facts=facts)
    for ruling in rulings:
        _plan_notices(tx, hearing, data, ruling, event_id=hearing.event_id)
    hearing.decisions = tuple(
        Decision(reason=one.value.reason, audience=one.value.audience, because=one.because)
        for one in rulings
    )
    tx.hearings.add(hearing)


def tell_own(tx: NotifyTransaction, type_: str, data: Mapping[str, Any]) -> None:
    """The same for what this service did itself, and was not told by an event: no hearing is kept.

    Raises UnitUnknown.
    """
    hearing = _hearing(tx, Heard(event_id=new_id(), type=type_, at=tx.now), data)
    facts = {name: data[name] for name in CATALOGUE[type_].facts}
    for ruling in tx.notices(type_, unit=data["org_unit"], facts=facts):
        _plan_notices(tx, hearing, data, ruling, event_id=None)


def pass_over(tx: NotifyTransaction, heard: Heard, data: Mapping[str, Any], *, why: Why) -> None:
    """Keep that nobody is told of an event, whatever the packs say."""
    hearing = _hearing(tx, heard, data)
    hearing.passed_over = why.value
    tx.hearings.add(hearing)


def _hearing(tx: NotifyTransaction, heard: Heard, data: Mapping[str, Any]) -> Hearing:
    entry = CATALOGUE[heard.type]
    return Hearing(
        event_id=heard.event_id,
        type=heard.type,
        org_unit=data["org_unit"],
        subject=entry.subject.format_map(data),
        occurrence=catalogue.occurrence(entry, data),
        happened_at=heard.at,
        heard_at=tx.now,
    )


def _plan_notices(
    tx: NotifyTransaction,
    hearing: Hearing,
    data: Mapping[str, Any],
    ruling: Ruling[NoticeRule],
    *,
    event_id: UUID | None,
) -> None:
    entry, rule = CATALOGUE[hearing.type], ruling.value
    _cancel(tx, hearing.subject, ruling)
    for person_id in catalogue.persons(data, rule.audience):
        intent = Intent(
            reason=rule.reason,
            subject=hearing.subject,
            occurrence=hearing.occurrence,
            person_id=person_id,
            org_unit=hearing.org_unit,
            template=rule.template,
            urgency=rule.urgency,
            route=rule.channels,
            words={name: catalogue.text(data[name]) for name in entry.words},
            because=ruling.because,
            expires_at=tx.now + timedelta(hours=rule.valid_hours),
            customer_id=data.get("customer_id"),
            purpose=rule.purpose,
            event_id=event_id,
        )
        told = addressed(tx, intent)
        if told is not intent:
            hearing.instead = {**hearing.instead, str(person_id): str(told.person_id)}
        plan(tx, told)


def _cancel(tx: NotifyTransaction, subject: str, ruling: Ruling[NoticeRule]) -> None:
    for message in tx.messages.waiting_about(subject, reasons=ruling.value.cancels):
        message.cancel(Why.OVERTAKEN, tx.now, because=ruling.because)
        note(tx, message)
