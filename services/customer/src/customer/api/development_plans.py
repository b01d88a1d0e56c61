"""Development plans of key customers over HTTP: propose, revise, agree, list, show."""

from typing import Any
from uuid import UUID

from customer.adapters.development_plans import DevelopmentPlans
from customer.adapters.mapping import DevelopmentPlan
from customer.adapters.tables import development_plans
from customer.api.access import DEPARTMENT_SPEAKERS, TALK_READERS, TALKERS
from customer.api.development_plan_schemas import (
    AgreeSchema,
    DevelopmentArgs,
    DevelopmentPlanSchema,
    ProposeDevelopmentSchema,
    ReviseDevelopmentSchema,
)
from customer.api.versions import shown
from customer.use_cases import development_plans as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import page_schema

ONE = "/v1/development-plans/<uuid:plan_id>"


def blueprint() -> Blueprint:
    """How departments develop key customers together."""
    blp = Blueprint("development_plans", __name__, description="Development of key customers")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/customers/<uuid:customer_id>/development-plans")
    @allow(*TALKERS)
    @command
    @blp.arguments(ProposeDevelopmentSchema)
    @blp.response(201, DevelopmentPlanSchema)
    def propose_development(asked: dict[str, Any], customer_id: UUID) -> DevelopmentPlan:
        """Propose to several departments how they develop a customer together (VS-15)."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return shown(use_cases.propose_plan(tx(), customer, **asked, caller=principal()))

    @blp.post(f"{ONE}/revisions")
    @allow(*TALKERS)
    @command
    @blp.arguments(ReviseDevelopmentSchema)
    @blp.response(200, DevelopmentPlanSchema)
    def revise_development(asked: dict[str, Any], plan_id: UUID) -> DevelopmentPlan:
        """Write a plan anew; every department has to agree again."""
        return shown(use_cases.revise_plan(tx(), _one(plan_id), **asked, caller=principal()))

    @blp.post(f"{ONE}/agreements")
    @allow(*DEPARTMENT_SPEAKERS)
    @command
    @blp.arguments(AgreeSchema)
    @blp.response(200, DevelopmentPlanSchema)
    def agree_to_development(asked: dict[str, Any], plan_id: UUID) -> DevelopmentPlan:
        """Agree for a department."""
        return shown(use_cases.agree_to_plan(tx(), _one(plan_id), **asked, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/development-plans")
    @allow(*TALK_READERS)
    @query
    @blp.arguments(DevelopmentArgs, location="query")
    @blp.response(200, page_schema(DevelopmentPlanSchema))
    def list_development_plans(args: dict[str, Any]) -> dict[str, Any]:
        """What the caller's units coordinate and what they take part in."""
        wanted = {name: args[name] for name in ("customer_id", "state")}
        seen = DevelopmentPlans(session()).listed(unit=principal().unit, **wanted)
        return page(seen, key=[development_plans.c.id], args=args, session=session())

    @blp.get(ONE)
    @allow(*TALK_READERS)
    @query
    @blp.response(200, DevelopmentPlanSchema)
    def get_development_plan(plan_id: UUID) -> DevelopmentPlan:
        """One plan."""
        return shown(DevelopmentPlans(session()).get(plan_id, unit=principal().unit))


def _one(plan_id: UUID) -> DevelopmentPlan:
    found: DevelopmentPlan = tx().development_plans.to_change(plan_id, unit=principal().unit)
    return found
