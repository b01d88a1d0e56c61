"""What one may learn of a message."""

from notify.adapters.transaction import NotifyTransaction
from notify.domain.messages import Message


def reveal_message(tx: NotifyTransaction, message: Message, *, reason: str) -> Message:
    """Show the words of a message, and keep who asked for what reason (S32)."""
    tx.record("message.revealed", message.key, reason=reason)
    return message
