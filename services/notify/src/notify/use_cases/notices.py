"""Tell the staff what happened, and customers what concerns their cases."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from notify.adapters.transaction import NotifyTransaction
from notify.domain import catalogue
from notify.domain.catalogue import CATALOGUE
from notify.domain.message_states import Why
from notify.domain.messages import Intent
from notify.domain.notice_rules import NoticeRule
from notify.use_cases.planning import note, plan
from shared.rules import Ruling


def tell(tx: NotifyTransaction, event: str, data: Mapping[str, Any]) -> None:
    """Plan a message to everybody whom the packs name for ``event``, and cancel what it overtakes.

    Of two rules with the same reason the first one speaks, so that nobody is told twice. Raises
    UnitUnknown.
    """
    facts = {name: data[name] for name in CATALOGUE[event].facts}
    for ruling in tx.notices(event, unit=data["org_unit"], facts=facts):
        _plan_notices(tx, event, data, ruling)


def _plan_notices(
    tx: NotifyTransaction, event: str, data: Mapping[str, Any], ruling: Ruling[NoticeRule]
) -> None:
    entry, rule = CATALOGUE[event], ruling.value
    _cancel(tx, entry.subject.format_map(data), ruling)
    for person_id in catalogue.persons(data, rule.audience):
        intent = Intent(
            reason=rule.reason,
            subject=entry.subject.format_map(data),
            occurrence=catalogue.occurrence(entry, data),
            person_id=person_id,
            org_unit=data["org_unit"],
            template=rule.template,
            urgency=rule.urgency,
            route=rule.channels,
            words={name: catalogue.text(data[name]) for name in entry.words},
            because=ruling.because,
            expires_at=tx.now + timedelta(hours=rule.valid_hours),
            customer_id=data.get("customer_id"),
            purpose=rule.purpose,
        )
        plan(tx, intent)


def _cancel(tx: NotifyTransaction, subject: str, ruling: Ruling[NoticeRule]) -> None:
    for message in tx.messages.waiting_about(subject, reasons=ruling.value.cancels):
        message.cancel(Why.OVERTAKEN, tx.now, because=ruling.because)
        note(tx, message)
