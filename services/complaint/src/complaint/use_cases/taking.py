"""A complaint is taken for a command."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.complaint import Complaint
from complaint.domain.staff import Caller
from complaint.use_cases.clocks import tell_missed


def take(tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller) -> Complaint:
    """The complaint, which nobody else changes until the commit; what was missed until now is told
    first. Raises NotFound.
    """
    complaint = tx.complaints.take(complaint_id, unit=by.unit)
    tell_missed(tx, complaint)
    return complaint
