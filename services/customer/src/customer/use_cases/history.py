"""Keep what notify tells of messages to contacts."""

from datetime import datetime
from uuid import UUID

from customer.adapters.transaction import CustomerTransaction


def keep_care(
    tx: CustomerTransaction,
    *,
    message_id: UUID,
    contact_id: UUID,
    customer_id: UUID | None,
    occasion: str,
    year: int,
    sent_at: datetime,
) -> None:
    """Put a greeting into the history of its customer (CM-01); those to others are not kept."""
    contact = tx.contacts.find(contact_id)
    if contact is None or customer_id not in (None, contact.customer_id):
        return
    tx.history.keep(
        message_id,
        customer_id=contact.customer_id,
        contact_id=contact_id,
        occasion=occasion,
        year=year,
        sent_at=sent_at,
    )
    tx.note(f"customer/{contact.customer_id}", "care_sent", occasion=occasion, sent_at=sent_at)
