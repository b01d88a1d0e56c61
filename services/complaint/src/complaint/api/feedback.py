"""Feedback over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from complaint.adapters.cases import Cases
from complaint.adapters.feedback import listed
from complaint.adapters.tables import cases
from complaint.api.access import NAMED, READERS, caller
from complaint.api.flow_answers import FeedbackSchema, shown
from complaint.api.flow_requests import AnalyseFeedbackSchema, RecordFeedbackSchema, arrival_of
from complaint.api.requests import TellProgressSchema
from complaint.domain.feedback import Feedback, FeedbackState, FeedbackTopic
from complaint.use_cases import feedback
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

blp = Blueprint("feedback", __name__, description="Feedback of customers")


@blp.post("/v1/feedback")
@allow(*NAMED)
@command
@blp.arguments(RecordFeedbackSchema)
@blp.response(201, FeedbackSchema)
def record_feedback(asked: dict[str, Any]) -> Feedback:
    """Write feedback down; the answer says who analyses it and until when it is answered."""
    arrival = arrival_of(asked, now=tx().now)
    return shown(feedback.record(tx(), by=caller(), arrival=arrival, **asked))


class ListFeedbackSchema(PageArgs):
    """Which of the visible feedback to list."""

    topic = fields.Enum(FeedbackTopic, by_value=True)
    state = fields.Enum(FeedbackState, by_value=True)


@blp.get("/v1/feedback")
@allow(*READERS)
@query
@blp.arguments(ListFeedbackSchema, location="query")
@blp.response(200, page_schema(FeedbackSchema))
def list_feedback(asked: dict[str, Any]) -> dict[str, Any]:
    """What customers of the caller's unit and below think, the oldest first."""
    paging = {name: asked.pop(name) for name in ("limit", "cursor")}
    found = listed(unit=principal().unit, **asked)
    return page(found, key=(cases.c.received_at, cases.c.id), args=paging, session=session())


@blp.get("/v1/feedback/<uuid:feedback_id>")
@allow(*READERS)
@query
@blp.response(200, FeedbackSchema)
def get_feedback(feedback_id: UUID) -> Feedback:
    """One piece of feedback."""
    return shown(Cases(session()).get(Feedback, feedback_id, unit=principal().unit))


@blp.post("/v1/feedback/<uuid:feedback_id>/analyses")
@allow(*NAMED)
@command
@blp.arguments(AnalyseFeedbackSchema)
@blp.response(200, FeedbackSchema)
def analyse_feedback(asked: dict[str, Any], feedback_id: UUID) -> Feedback:
    """Say what it shows."""
    return shown(feedback.analyse(tx(), feedback_id, by=caller(), **asked))


@blp.post("/v1/feedback/<uuid:feedback_id>/answers")
@allow(*NAMED)
@command
@blp.arguments(TellProgressSchema)
@blp.response(200, FeedbackSchema)
def answer_feedback(asked: dict[str, Any], feedback_id: UUID) -> Feedback:
    """The customer was told what becomes of it."""
    return shown(feedback.answer(tx(), feedback_id, by=caller(), **asked))
