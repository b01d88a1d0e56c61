"""Keep who asked for promotions, and send none to anybody else (CM-18)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact
from notify.domain.message_states import Why
from notify.domain.messages import Message
from notify.domain.newsletters import NEWSLETTER
from notify.domain.promotion_consents import PromotionConsent
from notify.use_cases.planning import note
from shared.ids import new_id
from shared.rules import Invalid


class GivenLater(Invalid):
    """The consent would be given in the future."""

    code = "given_later"


def give_consent(
    tx: NotifyTransaction,
    contact: Contact,
    *,
    topics: Sequence[str],
    given_at: datetime,
    **proof: Any,
) -> PromotionConsent:
    """Keep that a contact asked for promotions. Raises GivenLater."""
    if given_at > tx.now:
        raise GivenLater("The consent would be given in the future.")
    consent = PromotionConsent(
        id=new_id(),
        contact_id=contact.id,
        org_unit=contact.org_unit or "",
        topics=tuple(sorted(set(topics))),
        given_at=given_at,
        recorded_by=tx.origin.actor,
        **proof,
    )
    tx.promotion_consents.add(consent)
    tx.record("promotion_consent.given", consent.key, contact_id=contact.id)
    return consent


def withdraw_consent(tx: NotifyTransaction, consent: PromotionConsent) -> PromotionConsent:
    """End a consent, and drop what waits and no other one allows. Raises
    PromotionConsentWithdrawn."""
    consent.withdraw(tx.now)
    tx.session.flush()
    for message in tx.messages.promotions_for(consent.contact_id):
        if not tx.promotion_consents.holds(consent.contact_id, _topic(message)):
            message.withdraw(Why.CONSENT_WITHDRAWN, tx.now)
            note(tx, message)
    tx.record("promotion_consent.withdrawn", consent.key, contact_id=consent.contact_id)
    return consent


def _topic(message: Message) -> str | None:
    return message.reason if message.subject.partition("/")[0] == NEWSLETTER else None
