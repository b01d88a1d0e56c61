"""Keep what mail servers say later of mails that they took."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from notify.adapters.channels.bounced_mail import BouncedMail
from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import MAIL
from notify.domain.delivery import Desk
from notify.domain.message_states import State
from notify.use_cases.reach import lose_address
from notify.use_cases.sending import pass_on
from shared.rules import NotFound


class Kept(StrEnum):
    """What became of a report."""

    BOUNCED = "bounced"  # the mail does not arrive; the next channel follows
    REPEATED = "repeated"  # that was known
    PASSING = "passing"  # the server still tries, or the mail arrived


@dataclass(frozen=True)
class Bounce:
    """A report as it was kept."""

    message_id: UUID
    outcome: Kept


def keep_bounce(tx: NotifyTransaction, desk: Desk, said: BouncedMail, *, seen_from: str) -> Bounce:
    """Let a mail fail that a server took and gave back. Raises NotFound where no mail of the ledger
    has that id, WrongState for one that was never handed over."""
    tx.messages.get(said.message_id, seen_from=seen_from)
    message = tx.messages.locked(said.message_id)
    if message.channel != MAIL:
        raise NotFound("There is no such mail.")
    if not said.final:
        tx.note(message.key, "message.delayed", reason=said.why)
        return Bounce(message.id, Kept.PASSING)
    if message.state is State.FAILED:
        return Bounce(message.id, Kept.REPEATED)
    message.bounce(said.why, tx.now)
    contact = tx.contacts.get(message.person_id)
    address = contact.address_on(MAIL) or ""
    if said.gone is not None and address.lower() == said.address.lower():
        lose_address(tx, message, address=address, cause=said.gone)
    pass_on(tx, desk, message)
    return Bounce(message.id, Kept.BOUNCED)
