"""The visit plans of a year over HTTP: draft, propose, submit, decide, list, show."""

from typing import Any
from uuid import UUID

from customer.adapters.annual_plans import AnnualPlans
from customer.adapters.mapping import AnnualPlan, PlanRow
from customer.adapters.tables import annual_plan_rows, annual_plans
from customer.api.access import PLAN_DECIDERS, PLAN_DRAFTERS, PLAN_READERS
from customer.api.annual_plan_schemas import (
    AnnualPlanSchema,
    DraftPlanSchema,
    MovePlanSchema,
    PlanArgs,
    PlanRowSchema,
    ProposeSchema,
    ReturnPlanSchema,
    RowArgs,
)
from customer.api.units import check_seen
from customer.api.versions import shown
from customer.use_cases import annual_plans as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import page_schema

ONE = "/v1/visit-plans/<uuid:plan_id>"


def blueprint() -> Blueprint:
    """What departments plan for a year."""
    blp = Blueprint("annual_plans", __name__, description="Visit plans of a year")
    _drafts(blp)
    _decisions(blp)
    _queries(blp)
    return blp


def _drafts(blp: Blueprint) -> None:
    @blp.post("/v1/units/<unit>/visit-plans")
    @allow(*PLAN_DRAFTERS)
    @command
    @blp.arguments(DraftPlanSchema)
    @blp.response(201, AnnualPlanSchema)
    def draft_visit_plan(asked: dict[str, Any], unit: str) -> AnnualPlan:
        """Plan the visits of a department in a year, from its annual sales plan (VS-12)."""
        check_seen(unit)
        return shown(use_cases.draft_plan(tx(), unit=unit, **asked, caller=principal()))

    @blp.post(f"{ONE}/rows/<uuid:customer_id>/proposals")
    @allow(*PLAN_DRAFTERS)
    @command
    @blp.arguments(ProposeSchema)
    @blp.response(200, PlanRowSchema)
    def propose_to_customer(asked: dict[str, Any], plan_id: UUID, customer_id: UUID) -> PlanRow:
        """Say what is proposed to a customer of the plan."""
        plan = _one(plan_id)
        return shown(use_cases.propose(tx(), plan, customer_id=customer_id, **asked))

    @blp.post(f"{ONE}/submissions")
    @allow(*PLAN_DECIDERS)
    @command
    @blp.arguments(MovePlanSchema)
    @blp.response(200, AnnualPlanSchema)
    def submit_visit_plan(_asked: dict[str, Any], plan_id: UUID) -> AnnualPlan:
        """Lay a complete plan before those who approve it."""
        return shown(use_cases.submit_plan(tx(), _one(plan_id), caller=principal()))


def _decisions(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/approvals")
    @allow(*PLAN_DECIDERS)
    @command
    @blp.arguments(MovePlanSchema)
    @blp.response(200, AnnualPlanSchema)
    def approve_visit_plan(_asked: dict[str, Any], plan_id: UUID) -> AnnualPlan:
        """Let a plan hold."""
        return shown(use_cases.approve_plan(tx(), _one(plan_id), caller=principal()))

    @blp.post(f"{ONE}/returns")
    @allow(*PLAN_DECIDERS)
    @command
    @blp.arguments(ReturnPlanSchema)
    @blp.response(200, AnnualPlanSchema)
    def return_visit_plan(asked: dict[str, Any], plan_id: UUID) -> AnnualPlan:
        """Send a plan back."""
        return shown(use_cases.return_plan(tx(), _one(plan_id), **asked, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/visit-plans")
    @allow(*PLAN_READERS)
    @query
    @blp.arguments(PlanArgs, location="query")
    @blp.response(200, page_schema(AnnualPlanSchema))
    def list_visit_plans(args: dict[str, Any]) -> dict[str, Any]:
        """The plans of the caller's unit and of those below it, by unit and year."""
        wanted = {name: args[name] for name in ("year", "state")}
        seen = AnnualPlans(session()).listed(unit=principal().unit, **wanted)
        key = [annual_plans.c.org_unit, annual_plans.c.year, annual_plans.c.id]
        return page(seen, key=key, args=args, session=session())

    @blp.get(ONE)
    @allow(*PLAN_READERS)
    @query
    @blp.response(200, AnnualPlanSchema)
    def get_visit_plan(plan_id: UUID) -> AnnualPlan:
        """One plan."""
        return shown(AnnualPlans(session()).get(plan_id, unit=principal().unit))

    @blp.get(f"{ONE}/rows")
    @allow(*PLAN_READERS)
    @query
    @blp.arguments(RowArgs, location="query")
    @blp.response(200, page_schema(PlanRowSchema))
    def list_visit_plan_rows(args: dict[str, Any], plan_id: UUID) -> dict[str, Any]:
        """The customers of a plan, with the visits that are due and what is proposed."""
        known = AnnualPlans(session())
        plan = known.get(plan_id, unit=principal().unit)
        seen = known.rows(plan.id, complete=args["complete"])
        return page(seen, key=[annual_plan_rows.c.customer_id], args=args, session=session())


def _one(plan_id: UUID) -> AnnualPlan:
    found: AnnualPlan = tx().annual_plans.to_change(plan_id, unit=principal().unit)
    return found
