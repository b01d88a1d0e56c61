"""Joint inspections of partners over HTTP: plan, hold, find, conclude, cancel, list, show."""

from typing import Any
from uuid import UUID

from customer.adapters.inspections import Inspections
from customer.adapters.mapping import Inspection
from customer.adapters.tables import inspections
from customer.api.access import PARTNER_INSPECTORS, PARTNER_OFFICE, PARTNER_READERS
from customer.api.inspection_schemas import (
    CancelInspectionSchema,
    ConcludeInspectionSchema,
    HoldInspectionSchema,
    InspectionArgs,
    InspectionSchema,
    PlanInspectionSchema,
    RecordFindingSchema,
)
from customer.api.versions import shown
from customer.use_cases import inspections as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import page_schema

ONE = "/v1/inspections/<uuid:inspection_id>"


def blueprint() -> Blueprint:
    """How units inspect partners together."""
    blp = Blueprint("inspections", __name__, description="Joint inspections of partners")
    _plans(blp)
    _outcome(blp)
    _queries(blp)
    return blp


def _plans(blp: Blueprint) -> None:
    @blp.post("/v1/customers/<uuid:customer_id>/inspections")
    @allow(*PARTNER_OFFICE)
    @command
    @blp.arguments(PlanInspectionSchema)
    @blp.response(201, InspectionSchema)
    def plan_inspection(asked: dict[str, Any], customer_id: UUID) -> Inspection:
        """Invite units to inspect a partner together."""
        who = principal()
        customer = tx().customers.get(customer_id, unit=who.unit)
        form = tx().partners.get(customer_id, seen_from=who.unit)
        return shown(use_cases.plan_inspection(tx(), customer, form, **asked, officer=who))

    @blp.post(f"{ONE}/cancellations")
    @allow(*PARTNER_OFFICE)
    @command
    @blp.arguments(CancelInspectionSchema)
    @blp.response(200, InspectionSchema)
    def cancel_inspection(asked: dict[str, Any], inspection_id: UUID) -> Inspection:
        """Call an inspection off."""
        one = _inspection(inspection_id)
        return shown(use_cases.cancel_inspection(tx(), one, **asked, officer=principal()))


def _outcome(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/holdings")
    @allow(*PARTNER_OFFICE)
    @command
    @blp.arguments(HoldInspectionSchema)
    @blp.response(200, InspectionSchema)
    def hold_inspection(asked: dict[str, Any], inspection_id: UUID) -> Inspection:
        """Say that it took place."""
        one = _inspection(inspection_id)
        return shown(use_cases.hold_inspection(tx(), one, **asked, officer=principal()))

    @blp.post(f"{ONE}/findings")
    @allow(*PARTNER_INSPECTORS)
    @command
    @blp.arguments(RecordFindingSchema)
    @blp.response(200, InspectionSchema)
    def record_finding(asked: dict[str, Any], inspection_id: UUID) -> Inspection:
        """Record what a unit that takes part found."""
        one = _inspection(inspection_id)
        return shown(use_cases.record_finding(tx(), one, **asked, caller=principal()))

    @blp.post(f"{ONE}/conclusions")
    @allow(*PARTNER_OFFICE)
    @command
    @blp.arguments(ConcludeInspectionSchema)
    @blp.response(200, InspectionSchema)
    def conclude_inspection(asked: dict[str, Any], inspection_id: UUID) -> Inspection:
        """Say what came of it."""
        one = _inspection(inspection_id)
        return shown(use_cases.conclude_inspection(tx(), one, **asked, officer=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/inspections")
    @allow(*PARTNER_READERS)
    @query
    @blp.arguments(InspectionArgs, location="query")
    @blp.response(200, page_schema(InspectionSchema))
    def list_inspections(args: dict[str, Any]) -> dict[str, Any]:
        """The inspections in the caller's units, and those to which they are invited, by day."""
        wanted = {name: args[name] for name in ("customer_id", "state")}
        seen = Inspections(session()).listed(unit=principal().unit, **wanted)
        key = [inspections.c.planned_on, inspections.c.id]
        return page(seen, key=key, args=args, session=session())

    @blp.get(ONE)
    @allow(*PARTNER_READERS)
    @query
    @blp.response(200, InspectionSchema)
    def get_inspection(inspection_id: UUID) -> Inspection:
        """One inspection."""
        return shown(Inspections(session()).get(inspection_id, unit=principal().unit))


def _inspection(inspection_id: UUID) -> Inspection:
    found: Inspection = tx().inspections.get(inspection_id, unit=principal().unit)
    return found
