"""Filing, reading and correcting complaints over HTTP."""

from typing import Any
from uuid import UUID

from complaint.adapters.cases import QUEUE
from complaint.adapters.complaints import Complaints
from complaint.adapters.tables import complaints
from complaint.api.access import INTAKE, NAMED, READERS, caller
from complaint.api.answers import (
    ComplainantSchema,
    ComplaintSchema,
    ComplaintSummarySchema,
    ExplanationSchema,
    complainant_of,
    shown,
)
from complaint.api.requests import (
    DetailsSchema,
    FileComplaintSchema,
    ListComplaintsSchema,
    Order,
    RevealComplainantSchema,
)
from complaint.domain.complaint import Complaint
from complaint.domain.intake import Details, Intake
from complaint.use_cases import explanations, filing, handling
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, revealing, session, tx
from shared.web.etags import check_version
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page

ORDERS = {Order.FILED: (complaints.c.id,), Order.QUEUE: QUEUE}

blp = Blueprint("complaints", __name__, description="Complaints from filing to archive")


@blp.post("/v1/complaints")
@allow(*INTAKE)
@command
@blp.arguments(FileComplaintSchema)
@blp.response(201, ComplaintSchema)
def file_complaint(asked: dict[str, Any]) -> Complaint:
    """Take a complaint in; the answer says its level, its handler and when contact is due."""
    own = {name: asked.pop(name) for name in ("level", "level_reason", "contact")}
    details = Details(**asked.pop("details"))
    intake = Intake(**{"received_at": tx().now, **asked})
    return shown(filing.file_complaint(tx(), by=caller(), intake=intake, details=details, **own))


@blp.get("/v1/complaints")
@allow(*READERS)
@query
@blp.arguments(ListComplaintsSchema, location="query")
@blp.response(200, page_schema(ComplaintSummarySchema))
def list_complaints(asked: dict[str, Any]) -> dict[str, Any]:
    """The complaints of the caller's unit and below, in the order wanted."""
    paging = {name: asked.pop(name) for name in ("limit", "cursor")}
    order = asked.pop("order")
    if asked.get("assigned_to"):
        asked["assigned_to"] = caller().id
    queued = order is Order.QUEUE
    found = Complaints(session()).listed(unit=principal().unit, still_open=queued, **asked)
    return page(found, key=ORDERS[order], args=paging, session=session())


@blp.get("/v1/complaints/<uuid:complaint_id>")
@allow(*READERS)
@query
@blp.response(200, ComplaintSchema)
def get_complaint(complaint_id: UUID) -> Complaint:
    """One complaint with its forms."""
    return shown(Complaints(session()).get(complaint_id, unit=principal().unit))


@blp.patch("/v1/complaints/<uuid:complaint_id>")
@allow(*NAMED)
@command
@blp.arguments(DetailsSchema)
@blp.response(200, ComplaintSchema)
def amend_form(changes: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Correct or add details of the form in use."""
    complaint = tx().complaints.take(complaint_id, unit=caller().unit)
    check_version(complaint.version)
    return shown(handling.amend_form(tx(), complaint, by=caller(), changes=changes))


@blp.get("/v1/complaints/<uuid:complaint_id>/timeline")
@allow(*READERS)
@query
@blp.arguments(PageArgs, location="query")
@blp.response(200, TimelinePageSchema)
def get_complaint_timeline(asked: dict[str, Any], complaint_id: UUID) -> dict[str, Any]:
    """Everything that happened to a complaint, oldest first."""
    Complaints(session()).get(complaint_id, unit=principal().unit)
    return timeline_page(session(), f"complaint/{complaint_id}", asked)


@blp.get("/v1/complaints/<uuid:complaint_id>/clocks/<name>/explain")
@allow(*READERS)
@query
@blp.response(200, ExplanationSchema)
def explain_clock(complaint_id: UUID, name: str) -> explanations.Explanation:
    """Why something is due when it is: every stretch that counted or did not."""
    complaint = Complaints(session()).get(complaint_id, unit=principal().unit)
    return explanations.explanation(session(), complaint, name)


@blp.post("/v1/complaints/<uuid:complaint_id>/reveals")
@allow(*NAMED)
@command
@blp.arguments(RevealComplainantSchema)
@blp.response(200, ComplainantSchema)
@revealing
def reveal_complainant(asked: dict[str, Any], complaint_id: UUID) -> dict[str, Any]:
    """Who complained and about whom, unmasked; who looked and why goes into the audit log."""
    return complainant_of(handling.reveal_complainant(tx(), complaint_id, by=caller(), **asked))
