"""Review, decision of the general manager's meeting, archive (CP-18..CP-21, CP-29, CP-31)."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.chain import Meeting
from complaint.domain.complaint import Complaint
from complaint.domain.staff import Caller
from complaint.use_cases.chain import chain_of
from complaint.use_cases.clocks import settle
from complaint.use_cases.taking import take
from shared.rules import Ruling, WrongState


def review(tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, opinion: str) -> Complaint:
    """Approve the handling. Raises NotFound, WrongState, ReviewerUnfit, ReviewerIsHandler."""
    complaint = take(tx, complaint_id, by=by)
    step = chain_of(tx, complaint).step(complaint.level)
    settle(tx, complaint, complaint.review(by, opinion=opinion, step=step, now=tx.now))
    return complaint


def record_decision(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, text: str
) -> Complaint:
    """Write down what the meeting decided. Raises NotFound, WrongState, DeciderUnfit."""
    complaint = take(tx, complaint_id, by=by)
    meeting = _meeting(tx, complaint)
    decided = complaint.record_decision(by, text=text, meeting=meeting, now=tx.now)
    settle(tx, complaint, decided)
    return complaint


def archive(tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller) -> Complaint:
    """File the complaint away. Raises NotFound, WrongState, ArchivistUnfit."""
    complaint = take(tx, complaint_id, by=by)
    step = chain_of(tx, complaint).step(complaint.level)
    settle(tx, complaint, complaint.archive(by, step=step, now=tx.now))
    return complaint


def _meeting(tx: ComplaintTransaction, complaint: Complaint) -> Ruling[Meeting]:
    way_up = chain_of(tx, complaint).way_up(complaint.level)
    if isinstance(way_up.value, Meeting):
        return Ruling(way_up.value, way_up.because)
    raise WrongState("No meeting decides at this level.", state=complaint.state.value, allowed=[])
