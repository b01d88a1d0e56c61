"""Corrective and preventive actions over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from complaint.adapters.corrective_actions import CorrectiveActions
from complaint.adapters.tables import corrective_actions as table
from complaint.api.access import NAMED, READERS, caller
from complaint.api.department_work import (
    FinishSchema,
    GiveReasonSchema,
    TaskSchema,
    list_schema,
    listed,
)
from complaint.api.requests import LONG, text
from complaint.domain.corrective_actions import ActionKind, ActionState, CorrectiveAction
from complaint.use_cases import corrective_actions
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import AwareTime, RequestSchema, page_schema

blp = Blueprint("corrective_actions", __name__, description="Faults ended and prevented")
ONE = "/v1/corrective-actions/<uuid:action_id>"


class OpenActionSchema(RequestSchema):
    """Which department has to act, and why (CP-55, CP-56)."""

    kind = fields.Enum(ActionKind, by_value=True, required=True)
    department = text(60, required=True)
    reason = text(LONG, required=True)


class PlanActionSchema(RequestSchema):
    """What will be done; by when and by whom, where that changes."""

    measures = text(LONG, required=True)
    due_at = AwareTime()
    owner_id = fields.UUID()


class VerifyActionSchema(RequestSchema):
    """How the measures were seen to work."""

    opinion = text(LONG, required=True)


class ActionSchema(TaskSchema):
    """One action."""

    kind = fields.String(required=True)
    source = fields.String(required=True)
    source_id = fields.UUID(required=True)
    reason = fields.String(required=True)
    procedure = fields.String(required=True)
    requested_by = fields.UUID(required=True, allow_none=True)
    requested_at = AwareTime(required=True)
    measures = fields.String(required=True, allow_none=True)
    done_at = AwareTime(required=True, allow_none=True)
    verified_by = fields.UUID(required=True, allow_none=True)
    verified_at = AwareTime(required=True, allow_none=True)


@blp.post("/v1/complaints/<uuid:complaint_id>/corrective-actions")
@allow(*NAMED)
@command
@blp.arguments(OpenActionSchema)
@blp.response(201, ActionSchema)
def open_corrective_action(asked: dict[str, Any], complaint_id: UUID) -> CorrectiveAction:
    """Ask the responsible department to end the fault, or to keep it from happening."""
    return corrective_actions.open_for_complaint(tx(), complaint_id, by=caller(), **asked)


@blp.post("/v1/problems/<uuid:problem_id>/corrective-actions")
@allow(*NAMED)
@command
@blp.arguments(OpenActionSchema)
@blp.response(201, ActionSchema)
def open_problem_action(asked: dict[str, Any], problem_id: UUID) -> CorrectiveAction:
    """Ask the department responsible for a problem to end the fault, or to keep it away."""
    return corrective_actions.open_for_problem(tx(), problem_id, by=caller(), **asked)


@blp.get("/v1/corrective-actions")
@allow(*READERS)
@query
@blp.arguments(list_schema("Actions", ActionState), location="query")
@blp.response(200, page_schema(ActionSchema))
def list_corrective_actions(asked: dict[str, Any]) -> dict[str, Any]:
    """The actions that follow from, or are for, the caller's unit and those below."""
    found = listed(CorrectiveActions(session()), asked)
    return page(found, key=(table.c.id,), args=asked, session=session())


@blp.get(ONE)
@allow(*READERS)
@query
@blp.response(200, ActionSchema)
def get_corrective_action(action_id: UUID) -> CorrectiveAction:
    """One action."""
    return CorrectiveActions(session()).get(action_id, unit=principal().unit)


@blp.post(f"{ONE}/plans")
@allow(*NAMED)
@command
@blp.arguments(PlanActionSchema)
@blp.response(200, ActionSchema)
def plan_corrective_action(asked: dict[str, Any], action_id: UUID) -> CorrectiveAction:
    """Say what the department will do."""
    return corrective_actions.plan(tx(), action_id, by=caller(), **asked)


@blp.post(f"{ONE}/results")
@allow(*NAMED)
@command
@blp.arguments(FinishSchema)
@blp.response(200, ActionSchema)
def finish_corrective_action(asked: dict[str, Any], action_id: UUID) -> CorrectiveAction:
    """The measures are taken."""
    return corrective_actions.finish(tx(), action_id, by=caller(), **asked)


@blp.post(f"{ONE}/verifications")
@allow(*NAMED)
@command
@blp.arguments(VerifyActionSchema)
@blp.response(200, ActionSchema)
def verify_corrective_action(asked: dict[str, Any], action_id: UUID) -> CorrectiveAction:
    """The measures work, as somebody other than the owner saw."""
    return corrective_actions.verify(tx(), action_id, by=caller(), **asked)


@blp.post(f"{ONE}/reopenings")
@allow(*NAMED)
@command
@blp.arguments(GiveReasonSchema)
@blp.response(200, ActionSchema)
def reopen_corrective_action(asked: dict[str, Any], action_id: UUID) -> CorrectiveAction:
    """The measures do not work; they are planned anew."""
    return corrective_actions.reopen(tx(), action_id, by=caller(), **asked)
