"""Plan what is done about the complaint of a key account, and ask in a return call how satisfied he
is (CP-43)."""

from datetime import datetime
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain import closed_loop
from complaint.domain.action_plans import ActionPlan, ClosedLoopRule, check_called
from complaint.domain.clocks import ClockName
from complaint.domain.complaint import Complaint
from complaint.domain.satisfaction import Method
from complaint.domain.staff import Caller
from complaint.use_cases import flows
from complaint.use_cases.chain import check_caller
from complaint.use_cases.clocks import settle, turn_to_agreed
from complaint.use_cases.taking import take
from shared.policy import PolicyMissing
from shared.rules import Ruling


def make_plan(
    tx: ComplaintTransaction,
    complaint_id: UUID,
    *,
    by: Caller,
    measures: str,
    owner_id: UUID,
    due_at: datetime,
) -> Complaint:
    """Decide what will be done, who sees to it and until when; a later plan takes the place of the
    one before. Raises NotFound, NotOfThisTier, PolicyMissing, WrongState, PersonNotOnStaff,
    PlanDueInPast.
    """
    complaint = take(tx, complaint_id, by=by)
    check_caller(tx, complaint, by=by)
    rule = _rule(tx, complaint)
    if rule is None:
        raise PolicyMissing("No plans are asked for here.", section="closed_loop")
    flows.check_staff(tx, [owner_id])
    plan = ActionPlan(measures, owner_id, due_at, by=by.id, at=tx.now, because=rule.because)
    planned = closed_loop.make_plan(complaint, plan, now=tx.now)
    turn_to_agreed(tx, complaint, ClockName.SOLUTION)
    tx.note(complaint.ref.subject, "planned", because=rule.because, measures=measures)
    settle(tx, complaint, planned)
    return complaint


def check_planned(tx: ComplaintTransaction, complaint: Complaint) -> None:
    """Raises PlanMissing where the packs want a plan before the work and there is none."""
    rule = _rule(tx, complaint)
    if rule:
        closed_loop.check_planned(complaint, rule=rule)


def check_return_call(tx: ComplaintTransaction, complaint: Complaint, method: Method) -> None:
    """Raises ReturnCallMissing where the packs want a return call and the answer came otherwise."""
    rule = _rule(tx, complaint)
    if rule:
        check_called(method, rule=rule)


def _rule(tx: ComplaintTransaction, complaint: Complaint) -> Ruling[ClosedLoopRule] | None:
    today, complainant = tx.day_of(complaint.unit, tx.now), complaint.intake.complainant
    found = tx.policies.rulings(
        "closed_loop", unit=complaint.unit, on=today, complainant=complainant
    )
    return found[0] if found else None
