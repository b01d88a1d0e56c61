"""Review, the meeting's decision and the archive, over HTTP."""

from typing import Any
from uuid import UUID

from complaint.api.access import NAMED, caller
from complaint.api.answers import ComplaintSchema, shown
from complaint.api.requests import NothingSchema, RecordDecisionSchema, ReviewSchema
from complaint.domain.complaint import Complaint
from complaint.use_cases import review
from shared.web.auth import allow
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx

blp = Blueprint("review", __name__, description="From the answer to the archive")


@blp.post("/v1/complaints/<uuid:complaint_id>/reviews")
@allow(*NAMED)
@command
@blp.arguments(ReviewSchema)
@blp.response(200, ComplaintSchema)
def review_complaint(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Approve the handling."""
    return shown(review.review(tx(), complaint_id, by=caller(), **asked))


@blp.post("/v1/complaints/<uuid:complaint_id>/decisions")
@allow(*NAMED)
@command
@blp.arguments(RecordDecisionSchema)
@blp.response(200, ComplaintSchema)
def record_decision(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Write down what the general manager's meeting decided."""
    return shown(review.record_decision(tx(), complaint_id, by=caller(), **asked))


@blp.post("/v1/complaints/<uuid:complaint_id>/archives")
@allow(*NAMED)
@command
@blp.arguments(NothingSchema)
@blp.response(200, ComplaintSchema)
def archive_complaint(_asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """File the complaint away."""
    return shown(review.archive(tx(), complaint_id, by=caller()))
