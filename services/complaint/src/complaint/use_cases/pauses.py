"""A complaint stands still, and goes on."""

from datetime import datetime
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.complaint import Complaint
from complaint.domain.pauses import PauseNotAllowed, PauseReason, PauseRule
from complaint.domain.staff import Caller
from complaint.use_cases.chain import check_caller
from complaint.use_cases.clocks import settle
from complaint.use_cases.taking import take
from shared.ids import new_id
from shared.org_units import calendar_of
from shared.rules import Ruling


def hold(
    tx: ComplaintTransaction,
    complaint_id: UUID,
    *,
    by: Caller,
    reason: PauseReason,
    note: str,
    until: datetime,
) -> Complaint:
    """Let a complaint stand still for a reason that its packs allow, until ``until`` at the latest.

    Raises NotFound, NotOfThisTier, WrongState, PauseNotAllowed, and what the domain refuses.
    """
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by)
    held = complaint.hold(
        by.id,
        pause_id=new_id(),
        note=note,
        until=until,
        rule=_rule(tx, complaint, reason),
        calendar=calendar_of(tx.session, complaint.unit),
        now=tx.now,
    )
    settle(tx, complaint, held)
    return complaint


def resume(tx: ComplaintTransaction, complaint_id: UUID, *, by: Caller) -> Complaint:
    """End the pause under way. Raises NotFound, NotOfThisTier, WrongState, NotPaused."""
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by)
    calendar = calendar_of(tx.session, complaint.unit)
    settle(tx, complaint, complaint.resume(calendar=calendar, now=tx.now))
    return complaint


def _rule(tx: ComplaintTransaction, complaint: Complaint, reason: PauseReason) -> Ruling[PauseRule]:
    unit = complaint.unit
    rules: list[Ruling[PauseRule]] = tx.policies.rulings(
        "pauses", unit=unit, on=tx.day_of(unit, tx.now)
    )
    for rule in rules:
        if rule.value.reason is reason:
            return rule
    raise PauseNotAllowed(
        "No complaint stands still for this reason here.",
        allowed=sorted(rule.value.reason for rule in rules),
    )
