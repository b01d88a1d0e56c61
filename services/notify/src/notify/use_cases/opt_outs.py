"""Let whoever gets a promotion opt out of all of them by its link."""

from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.domain.messages import Message, Purpose
from notify.domain.preferences import OptOut
from notify.use_cases.preferences import keep_preferences, preferences_for_change
from shared.rules import NotFound

NO_PROMOTION = OptOut(about=Purpose.PROMOTION.value, channel=None)


def opened_by(tx: NotifyTransaction, message_id: UUID, code: str) -> Message:
    """The message whose link it is. Raises NotFound."""
    message = tx.messages.find(message_id) if tx.opt_out_links.opens(message_id, code) else None
    if message is None or message.purpose is not Purpose.PROMOTION:
        raise NotFound("Nobody opts out by this link.")
    return message


def opt_out_by_link(tx: NotifyTransaction, message_id: UUID, code: str) -> None:
    """Send its recipient no promotion any more. Again it changes nothing, nor does it for who was
    erased in the meantime. Raises NotFound."""
    message = opened_by(tx, message_id, code)
    preferences = preferences_for_change(tx, message.person_id)
    contact = tx.contacts.find(message.person_id)
    if contact is None or not contact.active or NO_PROMOTION in preferences.opt_outs:
        return
    keep_preferences(tx, preferences, (*preferences.opt_outs, NO_PROMOTION))
