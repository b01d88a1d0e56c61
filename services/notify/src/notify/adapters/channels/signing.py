"""What a receiver verifies a webhook by, as Standard Webhooks has it (S40)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks import Webhook


def signed(keys: Sequence[str], message_id: str, body: str, at: datetime) -> dict[str, str]:
    """The headers that sign ``body`` with each of ``keys``, so that a receiver who has one of them
    verifies it; ``at`` is real time."""
    at = at.astimezone(UTC)  # The signer takes every time for UTC.
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(key).sign(message_id, at, body) for key in keys),
    }
