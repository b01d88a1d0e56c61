"""Who could receive an order, and who is to, over HTTP (WO-26)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Range

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.api.access import ORDER_READERS, ORDER_WORKERS
from dispatch.api.versions import shown
from dispatch.api.work_order_schemas import REASON, ReasonSchema, WorkOrderSchema
from dispatch.domain.assignment import Candidate, Criterion, Shortlist
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.assignment import assign_receiver, candidates_for
from shared.policy import Rulebook
from shared.scope import seen_units
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.kit import kit
from shared.web.paging import LIMIT
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema


class AssignWorkOrderSchema(RequestSchema):
    """Nothing, for the best candidate; or whom one names by hand, and why."""

    receiver_id = fields.UUID()
    reason = fields.String(validate=REASON)

    @validates_schema
    def both(self, data: dict[str, Any], **_: Any) -> None:
        if ("receiver_id" in data) != ("reason" in data):
            raise ValidationError("Receiver and reason go together.", "reason")


class CandidatesArgs(Schema):
    """How many candidates to show."""

    most = fields.Integer(load_default=20, validate=Range(1, LIMIT))


class CandidateSchema(Schema):
    """Somebody who could receive the order: person and unit are null where they lie outside the
    caller's units. ``in_hand`` is how many orders he has, ``area`` how many levels up his area
    begins."""

    rank = fields.Integer(required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    org_unit = fields.String(required=True, allow_none=True)
    role = fields.String(required=True, attribute="worker.role")
    area = fields.Integer(required=True, attribute="worker.area")
    in_hand = fields.Integer(required=True, attribute="worker.load")
    last_given_at = AwareTime(required=True, allow_none=True, attribute="worker.last_given")
    reasons = fields.List(fields.Nested(ReasonSchema), required=True)


class ExcludedSchema(Schema):
    """How many people a criterion left out."""

    criterion = fields.Enum(Criterion, by_value=True, required=True)
    people = fields.Integer(required=True)


class CandidatesSchema(Schema):
    """The best of those who are suitable, of how many who hold a role that receives in reach, and
    how many each criterion left out."""

    candidates = fields.List(fields.Nested(CandidateSchema), required=True)
    suitable = fields.Integer(required=True)
    considered = fields.Integer(required=True)
    excluded = fields.List(fields.Nested(ExcludedSchema), required=True)
    because = fields.Nested(BecauseSchema, required=True)


def blueprint(rulebook: Rulebook) -> Blueprint:
    """See the candidates, and assign."""
    blp = Blueprint("assignment", __name__, description="Who receives a work order")

    @blp.get("/v1/work-orders/<uuid:order_id>/candidates")
    @allow(*ORDER_READERS)
    @query
    @blp.arguments(CandidatesArgs, location="query")
    @blp.response(200, CandidatesSchema)
    def list_candidates(args: dict[str, Any], order_id: UUID) -> dict[str, Any]:
        """Who could receive an order, the best first, and why."""
        reads = DispatchTransaction(session(), "dispatch", kit().clock.now(), rulebook=rulebook)
        found = candidates_for(reads, order_id, caller=principal())
        return _first(found, args["most"])

    @blp.post("/v1/work-orders/<uuid:order_id>/assignments")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(AssignWorkOrderSchema)
    @blp.response(200, WorkOrderSchema)
    def assign_order(asked: dict[str, Any], order_id: UUID) -> WorkOrder:
        """Name the best candidate as the receiver of a draft, or somebody by hand."""
        return shown(assign_receiver(tx(), order_id, **asked, caller=principal()))

    return blp


def _first(found: Shortlist, most: int) -> dict[str, Any]:
    units = set(seen_units(session(), principal().unit))
    return {
        "candidates": [_shown(one, units) for one in found.candidates[:most]],
        "suitable": len(found.candidates),
        "because": found.because,
        **found.told(),
    }


def _shown(one: Candidate, units: Collection[str]) -> dict[str, Any]:
    seen = one.worker.unit in units
    return {
        "rank": one.rank,
        "person_id": one.worker.person_id if seen else None,
        "org_unit": one.worker.unit if seen else None,
        "worker": one.worker,
        "reasons": one.reasons,
    }
