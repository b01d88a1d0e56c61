"""The emergency mechanism of a complaint over HTTP."""

from typing import Any
from uuid import UUID

from complaint.api.access import NAMED, caller
from complaint.api.answers import ComplaintSchema, shown
from complaint.api.requests import LONG, text
from complaint.domain.complaint import Complaint
from complaint.use_cases import emergencies
from shared.web.auth import allow
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx
from shared.web.schemas import RequestSchema

blp = Blueprint("emergencies", __name__, description="Emergencies of key accounts")


class StartEmergencySchema(RequestSchema):
    """What happened (CP-42)."""

    reason = text(LONG, required=True)


class EndEmergencySchema(RequestSchema):
    """What was done about it (CP-42)."""

    outcome = text(LONG, required=True)


@blp.post("/v1/complaints/<uuid:complaint_id>/emergencies")
@allow(*NAMED)
@command
@blp.arguments(StartEmergencySchema)
@blp.response(200, ComplaintSchema)
def start_emergency(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Start the emergency mechanism again; the whole group is told at once."""
    return shown(emergencies.start_emergency(tx(), complaint_id, by=caller(), **asked))


@blp.post("/v1/complaints/<uuid:complaint_id>/emergency-endings")
@allow(*NAMED)
@command
@blp.arguments(EndEmergencySchema)
@blp.response(200, ComplaintSchema)
def end_emergency(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Say that the emergency is over, and what was done."""
    return shown(emergencies.end_emergency(tx(), complaint_id, by=caller(), **asked))
