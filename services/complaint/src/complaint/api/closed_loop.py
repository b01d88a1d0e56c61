"""Plans of complaints over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from complaint.api.access import NAMED, caller
from complaint.api.answers import ComplaintSchema, shown
from complaint.api.requests import LONG, text
from complaint.domain.complaint import Complaint
from complaint.use_cases import closed_loop
from shared.web.auth import allow
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx
from shared.web.schemas import AwareTime, RequestSchema

blp = Blueprint("closed_loop", __name__, description="Plans before the work")


class MakePlanSchema(RequestSchema):
    """What will be done, who sees to it, and until when (CP-43)."""

    measures = text(LONG, required=True)
    owner_id = fields.UUID(required=True)
    due_at = AwareTime(required=True)


@blp.post("/v1/complaints/<uuid:complaint_id>/plans")
@allow(*NAMED)
@command
@blp.arguments(MakePlanSchema)
@blp.response(200, ComplaintSchema)
def make_plan(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Plan what is done about the complaint; the work begins."""
    return shown(closed_loop.make_plan(tx(), complaint_id, by=caller(), **asked))
