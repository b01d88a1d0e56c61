"""What those do who supervise the handling of complaints (CP-49, CP-63)."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.complaint import Complaint
from complaint.domain.oversight import Oversight, check_oversight
from complaint.domain.staff import Caller
from complaint.domain.states import Command
from complaint.use_cases.chain import team_of
from complaint.use_cases.clocks import settle
from complaint.use_cases.taking import take
from shared.ids import new_id
from shared.rules import Ruling


def lower_level(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, level: int, reason: str
) -> Complaint:
    """Take a complaint to a lower level for a reason, which goes into the audit log (CP-63).

    Raises NotFound, PolicyMissing, OversightUnfit, LoweredByHandler, WrongState, LevelUnknown,
    LevelNotLower, EmergencyRunning, TierEmpty.
    """
    complaint = take(tx, complaint_id, by=by)
    rule = _check(tx, complaint, Command.LOWER_LEVEL, by=by)
    before = complaint.level
    lowered = complaint.lower_level(by.id, team=team_of(tx, complaint.intake, level=level))
    subject = complaint.ref.subject
    tx.record("level.lowered", subject, before=before, level=level, reason=reason)
    tx.note(subject, "level_lowered", because=rule.because, level=level, reason=reason)
    settle(tx, complaint, lowered)
    return complaint


def reopen_closed(
    tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller, reason: str
) -> Complaint:
    """Take a closed complaint up again for a reason, which goes into the audit log (CP-49). It goes
    to the persons of its level, and is worked on again.

    Raises NotFound, PolicyMissing, OversightUnfit, WrongState, TierEmpty.
    """
    complaint = take(tx, complaint_id, by=by)
    rule = _check(tx, complaint, Command.REOPEN_CLOSED, by=by)
    team = team_of(tx, complaint.intake, level=complaint.level)
    reopened = complaint.reopen_closed(
        by.id, team=team, because=rule.because, form_id=new_id(), now=tx.now
    )
    subject = complaint.ref.subject
    tx.record("complaint.reopened", subject, reason=reason)
    tx.note(subject, "reopened", because=rule.because, reason=reason)
    settle(tx, complaint, reopened)
    return complaint


def _check(
    tx: ComplaintTransaction, complaint: Complaint, command: Command, *, by: Caller
) -> Ruling[Oversight]:
    today = tx.day_of(complaint.unit, tx.now)
    rule = tx.policies.ruling("oversight", unit=complaint.unit, on=today, command=command)
    check_oversight(by, rule=rule)
    return rule
