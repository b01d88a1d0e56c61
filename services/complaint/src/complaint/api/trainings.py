"""Training of the persons concerned, over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import fields
from marshmallow.validate import Length

from complaint.adapters.tables import trainings as table
from complaint.adapters.trainings import Trainings
from complaint.api.access import NAMED, READERS, caller
from complaint.api.department_work import GiveReasonSchema, TaskSchema, list_schema, listed
from complaint.api.flow_requests import SEVERAL
from complaint.api.requests import LONG, text
from complaint.domain.trainings import Topic, Training, TrainingState
from complaint.use_cases import trainings
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import AwareTime, RequestSchema, page_schema

blp = Blueprint("trainings", __name__, description="Training of the persons concerned")
ONE = "/v1/trainings/<uuid:training_id>"


class RequestTrainingSchema(RequestSchema):
    """Who is to be trained in what (PT-16), and which department sees to it, where that is not the
    nearest."""

    person_ids = fields.List(fields.UUID(), required=True, validate=SEVERAL)
    topic = fields.Enum(Topic, by_value=True, required=True)
    content = text(LONG, required=True)
    department = text(60)


class ScheduleTrainingSchema(RequestSchema):
    """On which day, in the department's time."""

    on = fields.Date(required=True)


class HoldTrainingSchema(RequestSchema):
    """Who came, and what came of it."""

    attended_ids = fields.List(fields.UUID(), required=True, validate=Length(max=20))
    result = text(LONG, required=True)


class TrainingSchema(TaskSchema):
    """One training."""

    case_id = fields.UUID(required=True)
    person_ids = fields.List(fields.UUID(), required=True)
    topic = fields.String(required=True)
    content = fields.String(required=True)
    requested_by = fields.UUID(required=True)
    requested_at = AwareTime(required=True)
    scheduled_on = fields.Date(required=True, allow_none=True)
    attended_ids = fields.List(fields.UUID(), required=True)
    ended_at = AwareTime(required=True, allow_none=True)


@blp.post("/v1/problems/<uuid:problem_id>/trainings")
@allow(*NAMED)
@command
@blp.arguments(RequestTrainingSchema)
@blp.response(201, TrainingSchema)
def request_training(asked: dict[str, Any], problem_id: UUID) -> Training:
    """Have persons trained whose service or operation the problem comes from."""
    return trainings.request(tx(), problem_id, by=caller(), **asked)


@blp.get("/v1/trainings")
@allow(*READERS)
@query
@blp.arguments(list_schema("Trainings", TrainingState), location="query")
@blp.response(200, page_schema(TrainingSchema))
def list_trainings(asked: dict[str, Any]) -> dict[str, Any]:
    """The training that follows from, or is for, the caller's unit and those below."""
    found = listed(Trainings(session()), asked)
    return page(found, key=(table.c.id,), args=asked, session=session())


@blp.get(ONE)
@allow(*READERS)
@query
@blp.response(200, TrainingSchema)
def get_training(training_id: UUID) -> Training:
    """One training."""
    return Trainings(session()).get(training_id, unit=principal().unit)


@blp.post(f"{ONE}/schedules")
@allow(*NAMED)
@command
@blp.arguments(ScheduleTrainingSchema)
@blp.response(200, TrainingSchema)
def schedule_training(asked: dict[str, Any], training_id: UUID) -> Training:
    """Say when it will be held."""
    return trainings.schedule(tx(), training_id, by=caller(), **asked)


@blp.post(f"{ONE}/results")
@allow(*NAMED)
@command
@blp.arguments(HoldTrainingSchema)
@blp.response(200, TrainingSchema)
def hold_training(asked: dict[str, Any], training_id: UUID) -> Training:
    """It was held."""
    return trainings.hold(tx(), training_id, by=caller(), **asked)


@blp.post(f"{ONE}/refusals")
@allow(*NAMED)
@command
@blp.arguments(GiveReasonSchema)
@blp.response(200, TrainingSchema)
def decline_training(asked: dict[str, Any], training_id: UUID) -> Training:
    """It will not be held."""
    return trainings.decline(tx(), training_id, by=caller(), **asked)
