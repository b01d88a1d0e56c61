"""What those do who supervise the handling, over HTTP."""

from typing import Any
from uuid import UUID

from complaint.api.access import NAMED, caller
from complaint.api.answers import ComplaintSchema, shown
from complaint.api.requests import LowerLevelSchema, ReopenClosedSchema
from complaint.domain.complaint import Complaint
from complaint.use_cases import oversight
from shared.web.auth import allow
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx

blp = Blueprint("oversight", __name__, description="Supervising the handling of complaints")


@blp.post("/v1/complaints/<uuid:complaint_id>/lowerings")
@allow(*NAMED)
@command
@blp.arguments(LowerLevelSchema)
@blp.response(200, ComplaintSchema)
def lower_level(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Take the complaint to a lower level."""
    return shown(oversight.lower_level(tx(), complaint_id, by=caller(), **asked))


@blp.post("/v1/complaints/<uuid:complaint_id>/reopenings")
@allow(*NAMED)
@command
@blp.arguments(ReopenClosedSchema)
@blp.response(200, ComplaintSchema)
def reopen_closed(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Take a closed complaint up again, with a new form."""
    return shown(oversight.reopen_closed(tx(), complaint_id, by=caller(), **asked))
