"""A problem of a key account has a plan, an owner and a deadline before it is worked on (CP-43)."""

from datetime import datetime

from complaint.domain.action_plans import ActionPlan, ClosedLoopRule, PlanMissing
from complaint.domain.complaint import Complaint
from complaint.domain.events import ActionPlanned, Events
from complaint.domain.problems import PlanDueInPast
from complaint.domain.states import Command, after
from shared.rules import Ruling


def make_plan(complaint: Complaint, plan: ActionPlan, *, now: datetime) -> Events:
    """Decide what will be done, or decide otherwise; the work begins.

    Raises WrongState, PlanDueInPast.
    """
    state = after(complaint.state, Command.MAKE_PLAN)
    if plan.due_at <= now:
        raise PlanDueInPast("The plan would be due in the past.")
    complaint.state = state
    complaint.worked_on(plan.by, now=now)
    complaint.form.plan = plan
    complaint.touch()
    planned = ActionPlanned(
        complaint_id=complaint.id,
        org_unit=complaint.unit,
        form_id=complaint.form.id,
        owner_id=plan.owner_id,
        due_at=plan.due_at,
        planned_by=plan.by,
        because=plan.because,
    )
    return [planned]


def check_planned(complaint: Complaint, *, rule: Ruling[ClosedLoopRule]) -> None:
    """Raises PlanMissing."""
    if complaint.form.plan is None:
        raise PlanMissing("Plan it first: what, who, until when.", because=rule.because)
