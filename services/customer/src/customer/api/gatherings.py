"""Gatherings over HTTP: draft, submit, cancel, approve, refuse, hold, report, close, list, show."""

from typing import Any
from uuid import UUID

from customer.adapters.gatherings import Gatherings
from customer.adapters.mapping import Gathering
from customer.adapters.tables import gatherings
from customer.api.access import (
    GATHERING_APPROVERS,
    GATHERING_CLOSERS,
    GATHERING_FUNDERS,
    GATHERING_READERS,
    TALKERS,
)
from customer.api.gathering_schemas import (
    DraftGatheringSchema,
    DueGatheringsSchema,
    GatheringArgs,
    GatheringSchema,
    HoldGatheringSchema,
    MoveGatheringSchema,
    RefuseGatheringSchema,
    ReportGatheringSchema,
)
from customer.api.units import check_seen
from customer.api.versions import shown
from customer.use_cases import gatherings as use_cases
from shared.org_units import calendar_of
from shared.policy import Policies, Rulebook
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.kit import kit
from shared.web.paging import page
from shared.web.schemas import page_schema

ONE = "/v1/gatherings/<uuid:gathering_id>"


def blueprint(rulebook: Rulebook) -> Blueprint:
    """Forums, promotion meetings and the like."""
    blp = Blueprint("gatherings", __name__, description="Gatherings of customers")
    _plans(blp)
    _decisions(blp)
    _outcome(blp)
    _queries(blp)
    _due(blp, rulebook)
    return blp


def _plans(blp: Blueprint) -> None:
    @blp.post("/v1/gatherings")
    @allow(*TALKERS)
    @command
    @blp.arguments(DraftGatheringSchema)
    @blp.response(201, GatheringSchema)
    def draft_gathering(asked: dict[str, Any]) -> Gathering:
        """Plan a gathering."""
        return shown(use_cases.draft_gathering(tx(), **asked, caller=principal()))

    @blp.post(f"{ONE}/submissions")
    @allow(*TALKERS)
    @command
    @blp.arguments(MoveGatheringSchema)
    @blp.response(200, GatheringSchema)
    def submit_gathering(_asked: dict[str, Any], gathering_id: UUID) -> Gathering:
        """Lay the plan before those who approve it."""
        one = tx().gatherings.get(gathering_id, unit=principal().unit)
        return shown(use_cases.submit_gathering(tx(), one))

    @blp.post(f"{ONE}/cancellations")
    @allow(*TALKERS)
    @command
    @blp.arguments(MoveGatheringSchema)
    @blp.response(200, GatheringSchema)
    def cancel_gathering(_asked: dict[str, Any], gathering_id: UUID) -> Gathering:
        """Give a plan up that was not held."""
        one = tx().gatherings.get(gathering_id, unit=principal().unit)
        return shown(use_cases.cancel_gathering(tx(), one))


def _decisions(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/approvals")
    @allow(*GATHERING_APPROVERS)
    @command
    @blp.arguments(MoveGatheringSchema)
    @blp.response(200, GatheringSchema)
    def approve_gathering(_asked: dict[str, Any], gathering_id: UUID) -> Gathering:
        """Give the next approval (VS-09)."""
        one = tx().gatherings.get(gathering_id, unit=principal().unit)
        who = principal()
        return shown(use_cases.approve_gathering(tx(), one, caller=who, roles=who.roles))

    @blp.post(f"{ONE}/refusals")
    @allow(*GATHERING_APPROVERS)
    @command
    @blp.arguments(RefuseGatheringSchema)
    @blp.response(200, GatheringSchema)
    def refuse_gathering(asked: dict[str, Any], gathering_id: UUID) -> Gathering:
        """Send the plan back."""
        one = tx().gatherings.get(gathering_id, unit=principal().unit)
        who = principal()
        made = use_cases.refuse_gathering(tx(), one, **asked, caller=who, roles=who.roles)
        return shown(made)

    @blp.post(f"{ONE}/fundings")
    @allow(*GATHERING_FUNDERS)
    @command
    @blp.arguments(MoveGatheringSchema)
    @blp.response(200, GatheringSchema)
    def fund_gathering(_asked: dict[str, Any], gathering_id: UUID) -> Gathering:
        """Grant what a gathering costs (VS-37)."""
        one = tx().gatherings.get(gathering_id, unit=principal().unit)
        return shown(use_cases.fund_gathering(tx(), one, caller=principal()))


def _outcome(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/holdings")
    @allow(*TALKERS)
    @command
    @blp.arguments(HoldGatheringSchema)
    @blp.response(200, GatheringSchema)
    def hold_gathering(asked: dict[str, Any], gathering_id: UUID) -> Gathering:
        """Say that it took place."""
        one = tx().gatherings.get(gathering_id, unit=principal().unit)
        return shown(use_cases.hold_gathering(tx(), one, **asked))

    @blp.post(f"{ONE}/reports")
    @allow(*TALKERS)
    @command
    @blp.arguments(ReportGatheringSchema)
    @blp.response(200, GatheringSchema)
    def report_gathering(asked: dict[str, Any], gathering_id: UUID) -> Gathering:
        """File the written report with the marketing division (VS-10)."""
        one = tx().gatherings.get(gathering_id, unit=principal().unit)
        return shown(use_cases.report_gathering(tx(), one, **asked, caller=principal()))

    @blp.post(f"{ONE}/closings")
    @allow(*GATHERING_CLOSERS)
    @command
    @blp.arguments(MoveGatheringSchema)
    @blp.response(200, GatheringSchema)
    def close_gathering(_asked: dict[str, Any], gathering_id: UUID) -> Gathering:
        """End a gathering that was reported on."""
        one = tx().gatherings.get(gathering_id, unit=principal().unit)
        return shown(use_cases.close_gathering(tx(), one, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/gatherings")
    @allow(*GATHERING_READERS)
    @query
    @blp.arguments(GatheringArgs, location="query")
    @blp.response(200, page_schema(GatheringSchema))
    def list_gatherings(args: dict[str, Any]) -> dict[str, Any]:
        """The gatherings of the caller's unit and of those below it, by day."""
        wanted = {name: args[name] for name in ("kind", "state")}
        seen = Gatherings(session()).listed(unit=principal().unit, **wanted)
        key = [gatherings.c.planned_on, gatherings.c.id]
        return page(seen, key=key, args=args, session=session())

    @blp.get(ONE)
    @allow(*GATHERING_READERS)
    @query
    @blp.response(200, GatheringSchema)
    def get_gathering(gathering_id: UUID) -> Gathering:
        """One gathering."""
        return shown(Gatherings(session()).get(gathering_id, unit=principal().unit))


def _due(blp: Blueprint, rulebook: Rulebook) -> None:
    @blp.get("/v1/units/<unit>/gatherings-due")
    @allow(*GATHERING_READERS)
    @query
    @blp.response(200, DueGatheringsSchema)
    def get_due_gatherings(unit: str) -> dict[str, Any]:
        """Which kinds of gatherings are wanted in a unit today and planned by nobody."""
        check_seen(unit)
        today = kit().clock.now().astimezone(calendar_of(session(), unit).timezone).date()
        policies, known = Policies(rulebook, session()), Gatherings(session())
        return {"kinds": use_cases.due_gatherings(policies, known, unit=unit, on=today)}
