"""What the handler does, over HTTP."""

from typing import Any
from uuid import UUID

from complaint.api.access import NAMED, caller
from complaint.api.answers import ComplaintSchema, FieldWorkSchema, shown
from complaint.api.requests import (
    AnswerSatisfactionSchema,
    MakeFirstContactSchema,
    RaiseLevelSchema,
    RequestFieldWorkSchema,
    TellResultSchema,
)
from complaint.domain.complaint import Complaint
from complaint.domain.field_work import Assignment, FieldWork
from complaint.use_cases import field_work, handling, satisfaction
from shared.web.auth import allow
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx

blp = Blueprint("handling", __name__, description="From the first contact to the answer")


@blp.post("/v1/complaints/<uuid:complaint_id>/first-contacts")
@allow(*NAMED)
@command
@blp.arguments(MakeFirstContactSchema)
@blp.response(200, ComplaintSchema)
def make_first_contact(learnt: dict[str, Any], complaint_id: UUID) -> Complaint:
    """The complainant or his agent was contacted."""
    by = caller()
    return shown(handling.make_first_contact(tx(), complaint_id, by=by, learnt=learnt))


@blp.post("/v1/complaints/<uuid:complaint_id>/field-work-requests")
@allow(*NAMED)
@command
@blp.arguments(RequestFieldWorkSchema)
@blp.response(201, FieldWorkSchema)
def request_field_work(assignment: Assignment, complaint_id: UUID) -> FieldWork:
    """Ask dispatch to send somebody."""
    by = caller()
    return field_work.request_field_work(tx(), complaint_id, by=by, assignment=assignment)


@blp.post("/v1/complaints/<uuid:complaint_id>/results")
@allow(*NAMED)
@command
@blp.arguments(TellResultSchema)
@blp.response(200, ComplaintSchema)
def tell_result(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """The complainant was told the result."""
    return shown(handling.tell_result(tx(), complaint_id, by=caller(), **asked))


@blp.post("/v1/complaints/<uuid:complaint_id>/satisfaction-answers")
@allow(*NAMED)
@command
@blp.arguments(AnswerSatisfactionSchema)
@blp.response(200, ComplaintSchema)
def answer_satisfaction(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """The complainant said how satisfied he is: to review, up a level, or to the meeting."""
    return shown(satisfaction.answer_satisfaction(tx(), complaint_id, by=caller(), **asked))


@blp.post("/v1/complaints/<uuid:complaint_id>/raises")
@allow(*NAMED)
@command
@blp.arguments(RaiseLevelSchema)
@blp.response(200, ComplaintSchema)
def raise_level(asked: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Take the complaint to a higher level."""
    return shown(handling.raise_level(tx(), complaint_id, by=caller(), **asked))
