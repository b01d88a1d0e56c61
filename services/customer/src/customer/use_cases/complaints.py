"""Keep what complaint tells of the complaints of customers (CF-05, CP-64)."""

from typing import Any
from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.domain.complaints import KnownComplaint, News
from shared.envelope import Received


def keep_complaint(
    tx: CustomerTransaction, event: Received, *, complaint_id: UUID, **filed: Any
) -> None:
    """Put a complaint into the file of the customer whom it names (E-14)."""
    if filed["customer_id"] is None or tx.complaints.find(complaint_id) is not None:
        return
    complaint = KnownComplaint(
        id=complaint_id,
        filed_at=event.time,
        changed_at=event.time,
        sequence=event.sequence,
        **filed,
    )
    tx.complaints.add(complaint)
    _note(tx, "complaint_filed", complaint)


def follow_complaint(
    tx: CustomerTransaction, event: Received, *, complaint_id: UUID, news: News
) -> None:
    """Take over what happened to a complaint; one that names no customer is not known."""
    complaint = tx.complaints.find(complaint_id)
    if complaint is None:
        return
    if complaint.hear(news, sequence=event.sequence, at=event.time):
        _note(tx, "complaint_changed", complaint)


def _note(tx: CustomerTransaction, kind: str, complaint: KnownComplaint) -> None:
    tx.note(
        f"customer/{complaint.customer_id}",
        kind,
        complaint_id=complaint.id,
        state=complaint.state,
        level=complaint.level,
    )
