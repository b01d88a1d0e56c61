"""What one may learn of a message, and do about it."""

from notify.adapters.transaction import NotifyTransaction
from notify.domain.message_states import Why
from notify.domain.messages import Message
from notify.use_cases.planning import note


def reveal_message(tx: NotifyTransaction, message: Message, *, reason: str) -> Message:
    """Show the words of a message, and keep who asked for what reason (S32)."""
    tx.record("message.revealed", message.key, reason=reason)
    return message


def withdraw_message(tx: NotifyTransaction, message: Message, *, reason: str) -> Message:
    """Take back what was not handed to a channel yet, and keep who did so for what reason.

    Raises WrongState.
    """
    message.cancel(Why.WITHDRAWN, tx.now)
    tx.record("message.withdrawn", message.key, reason=reason)
    note(tx, message)
    return message
