"""The queue over all kinds of cases, and through whose hands each went, over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from complaint.adapters.cases import QUEUE, Cases
from complaint.adapters.transfers import transfers_of
from complaint.api.access import READERS, caller
from complaint.api.flow_answers import CaseSummarySchema
from complaint.api.flow_requests import ListCasesSchema
from complaint.domain.cases import CaseRef
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.paging import page
from shared.web.schemas import AwareTime, page_schema

blp = Blueprint("cases", __name__, description="Cases of every kind")


@blp.get("/v1/cases")
@allow(*READERS)
@query
@blp.arguments(ListCasesSchema, location="query")
@blp.response(200, page_schema(CaseSummarySchema))
def list_cases(asked: dict[str, Any]) -> dict[str, Any]:
    """The open cases of the caller's unit and below in the order in which they are attended to."""
    mine = caller().id if asked.pop("assigned_to", None) else None
    found = Cases(session()).open_to(unit=principal().unit, assigned_to=mine)
    return page(found, key=QUEUE, args=asked, session=session())


class TransferSchema(Schema):
    """A case passed from one person to another (PT-23)."""

    at = AwareTime(required=True)
    by = fields.String(required=True)
    from_person_id = fields.UUID(required=True, allow_none=True, attribute="from_id")
    to_person_id = fields.UUID(required=True, attribute="to_id")
    level = fields.Integer(required=True, allow_none=True, attribute="at_level")
    stage = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class TransfersSchema(Schema):
    """The way of a case, the first transfer first."""

    transfers = fields.List(fields.Nested(TransferSchema), required=True)


@blp.get("/v1/cases/<kind>/<uuid:case_id>/transfers")
@allow(*READERS)
@query
@blp.response(200, TransfersSchema)
def get_case_transfers(kind: str, case_id: UUID) -> dict[str, Any]:
    """Through whose hands a case went."""
    case = Cases(session()).shown(CaseRef(kind, case_id), unit=principal().unit)
    return {"transfers": transfers_of(session(), case.ref)}
