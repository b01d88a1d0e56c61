"""Calls that were promised to customers, over HTTP. Each begins with a script."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from complaint.adapters.call_backs import CallBacks
from complaint.adapters.tables import call_backs as table
from complaint.api.access import NAMED, READERS, caller
from complaint.api.department_work import GiveReasonSchema, list_schema, listed
from complaint.api.forms import Masked
from complaint.api.requests import LONG, RevealComplainantSchema, text
from complaint.domain.call_back_states import CallBackState
from complaint.domain.call_backs import CallBack
from complaint.use_cases import call_backs
from shared import masking
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, revealing, session, tx
from shared.web.paging import page
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema, page_schema

blp = Blueprint("call_backs", __name__, description="Calls that were promised to customers")
ONE = "/v1/call-backs/<uuid:call_back_id>"


class MakeCallSchema(RequestSchema):
    """What the customer was told, and what shows that he was."""

    said = text(LONG, required=True)
    evidence = text(LONG, required=True)


class HandOverCallSchema(RequestSchema):
    """Who is to call."""

    owner_id = fields.UUID(required=True)


class CallBackSchema(Schema):
    """One call; ``said`` is what the customer was told, or why it was called off. Without a case,
    see ``reveals`` for whom to call."""

    id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    department = fields.String(required=True)
    situation = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    case_id = fields.UUID(required=True, allow_none=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    caller_name = Masked(masking.name, required=True, allow_none=True)
    caller_phone = Masked(masking.phone, required=True, allow_none=True)
    matter = fields.String(required=True)
    asked_department = fields.String(required=True, allow_none=True)
    promised_by = fields.UUID(required=True)
    promised_at = AwareTime(required=True)
    owner_id = fields.UUID(required=True)
    due_at = AwareTime(required=True)
    state = fields.String(required=True)
    said = fields.String(required=True, allow_none=True)
    evidence = fields.String(required=True, allow_none=True)
    ended_by = fields.UUID(required=True, allow_none=True)
    ended_at = AwareTime(required=True, allow_none=True)
    overdue_at = AwareTime(required=True, allow_none=True)
    allowed = fields.List(fields.String(), required=True)


class CallerSchema(Schema):
    """Whom to call, unmasked."""

    caller_name = fields.String(required=True, allow_none=True)
    caller_phone = fields.String(required=True, allow_none=True)


@blp.get("/v1/call-backs")
@allow(*READERS)
@query
@blp.arguments(list_schema("CallBacks", CallBackState), location="query")
@blp.response(200, page_schema(CallBackSchema))
def list_call_backs(asked: dict[str, Any]) -> dict[str, Any]:
    """The calls that were promised in, or are to be made by, the caller's unit and those below."""
    found = listed(CallBacks(session()), asked)
    return page(found, key=(table.c.id,), args=asked, session=session())


@blp.get(ONE)
@allow(*READERS)
@query
@blp.response(200, CallBackSchema)
def get_call_back(call_back_id: UUID) -> CallBack:
    """One call."""
    return CallBacks(session()).get(call_back_id, unit=principal().unit)


@blp.post(f"{ONE}/calls")
@allow(*NAMED)
@command
@blp.arguments(MakeCallSchema)
@blp.response(200, CallBackSchema)
def make_call_back(asked: dict[str, Any], call_back_id: UUID) -> CallBack:
    """The customer was called."""
    return call_backs.make(tx(), call_back_id, by=caller(), **asked)


@blp.post(f"{ONE}/handovers")
@allow(*NAMED)
@command
@blp.arguments(HandOverCallSchema)
@blp.response(200, CallBackSchema)
def hand_over_call_back(asked: dict[str, Any], call_back_id: UUID) -> CallBack:
    """Somebody else is to call."""
    return call_backs.hand_over(tx(), call_back_id, by=caller(), **asked)


@blp.post(f"{ONE}/cancellations")
@allow(*NAMED)
@command
@blp.arguments(GiveReasonSchema)
@blp.response(200, CallBackSchema)
def cancel_call_back(asked: dict[str, Any], call_back_id: UUID) -> CallBack:
    """A supervisor calls it off."""
    return call_backs.cancel(tx(), call_back_id, by=caller(), **asked)


@blp.post(f"{ONE}/reveals")
@allow(*NAMED)
@command
@blp.arguments(RevealComplainantSchema)
@blp.response(200, CallerSchema)
@revealing
def reveal_caller(asked: dict[str, Any], call_back_id: UUID) -> CallBack:
    """Whom to call, unmasked; who looked and why goes into the audit log."""
    return call_backs.reveal_caller(tx(), call_back_id, by=caller(), **asked)
