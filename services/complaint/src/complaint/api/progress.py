"""While a complaint is open, over HTTP: taken over, held, resumed, talked about."""

from typing import Any
from uuid import UUID

from complaint.api.access import NAMED, caller
from complaint.api.answers import ComplaintSchema, shown
from complaint.api.requests import (
    HoldSchema,
    NothingSchema,
    ReceiveMessageSchema,
    TellProgressSchema,
)
from complaint.domain.complaint import Complaint
from complaint.use_cases import pauses, progress
from shared.web.auth import allow
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx

blp = Blueprint("progress", __name__, description="While a complaint is open")


@blp.post("/v1/complaints/<uuid:complaint_id>/take-overs")
@allow(*NAMED)
@command
@blp.arguments(NothingSchema)
@blp.response(200, ComplaintSchema)
def take_over(_asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Take on a complaint that was handed over."""
    return shown(progress.take_over(tx(), complaint_id, by=caller()))


@blp.post("/v1/complaints/<uuid:complaint_id>/progress-contacts")
@allow(*NAMED)
@command
@blp.arguments(TellProgressSchema)
@blp.response(200, ComplaintSchema)
def tell_progress(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """The complainant was told how far his complaint is."""
    return shown(progress.tell_progress(tx(), complaint_id, by=caller(), **asked))


@blp.post("/v1/complaints/<uuid:complaint_id>/messages")
@allow(*NAMED)
@command
@blp.arguments(ReceiveMessageSchema)
@blp.response(200, ComplaintSchema)
def receive_message(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Write down what the complainant said; inside a pause that ends it."""
    return shown(progress.receive_message(tx(), complaint_id, by=caller(), **asked))


@blp.post("/v1/complaints/<uuid:complaint_id>/pauses")
@allow(*NAMED)
@command
@blp.arguments(HoldSchema)
@blp.response(200, ComplaintSchema)
def hold_complaint(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Let a complaint stand still, until a certain time at the latest."""
    return shown(pauses.hold(tx(), complaint_id, by=caller(), **asked))


@blp.post("/v1/complaints/<uuid:complaint_id>/resumptions")
@allow(*NAMED)
@command
@blp.arguments(NothingSchema)
@blp.response(200, ComplaintSchema)
def resume_complaint(_asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """End the pause under way."""
    return shown(pauses.resume(tx(), complaint_id, by=caller()))
