"""Letters and cards: messages that somebody prints and posts."""

from notify.adapters.transaction import NotifyTransaction
from notify.domain.delivery import PRINT, Desk
from notify.domain.letters import Letter
from notify.domain.message_states import State
from notify.domain.messages import Message
from notify.domain.reach import Gone
from notify.use_cases.decency import HOLD_TIMER
from notify.use_cases.planning import note
from notify.use_cases.reach import lose_address
from notify.use_cases.sending import pass_on
from shared.rules import NotFound, WrongState

RETURNED = "letter_returned"


def show_letter(tx: NotifyTransaction, message: Message) -> Letter:
    """A letter with name, address and words; the audit log keeps who was shown them (S32). Raises
    NotFound where there is nothing to print."""
    contact = tx.contacts.find(message.person_id)
    if message.channel != PRINT or message.body is None or contact is None:
        raise NotFound("There is no such letter, or none that you may see.")
    if contact.address_on(PRINT) is None:
        raise NotFound("Nobody knows where that letter is to go.")
    tx.record("letter.shown", message.key)
    return Letter(message, contact)


def post_letter(tx: NotifyTransaction, message: Message) -> Message:
    """It was printed and posted, and is sent by that. Raises WrongState, NotFound."""
    check_letter(message)
    if not message.is_laid_out:
        raise WrongState("That letter does not wait to be posted.", state=message.state.value)
    message.resume(tx.now)
    message.claim(PRINT, lease_until=tx.now, now=tx.now)
    tx.emit(*message.deliver(tx.now, reached=True), because=message.because)
    tx.cancel_timer(HOLD_TIMER, message.key)
    tx.record("letter.posted", message.key)
    note(tx, message)
    return message


def return_letter(tx: NotifyTransaction, desk: Desk, message: Message) -> Message:
    """It came back: the address is none, and the next channel follows. Raises WrongState,
    NotFound."""
    check_letter(message)
    if message.state is not State.SENT:
        raise WrongState("That letter was not posted.", state=message.state.value)
    message.bounce(RETURNED, tx.now)
    address = tx.contacts.get(message.person_id).address_on(PRINT) or ""
    lose_address(tx, message, address=address, cause=Gone.ADDRESS_INVALID)
    tx.record("letter.returned", message.key)
    pass_on(tx, desk, message)
    return message


def check_letter(message: Message) -> None:
    """Raises NotFound for a message that nobody prints."""
    if message.channel != PRINT:
        raise NotFound("There is no such letter, or none that you may see.")
