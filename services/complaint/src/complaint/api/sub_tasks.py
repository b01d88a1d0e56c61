"""What departments do for a case, over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from complaint.adapters.sub_tasks import SubTasks
from complaint.adapters.tables import sub_tasks as table
from complaint.api.access import NAMED, READERS, caller
from complaint.api.department_work import FinishSchema, GiveReasonSchema, list_schema, listed
from complaint.api.requests import LONG, NothingSchema, text
from complaint.domain.sub_tasks import SubTask, SubTaskState
from complaint.use_cases import sub_tasks
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema, page_schema

blp = Blueprint("sub_tasks", __name__, description="What departments do for a case")
ONE = "/v1/sub-tasks/<uuid:sub_task_id>"


class OpenSubTaskSchema(RequestSchema):
    """Which department has to do what; by when and who, where the pack shall not say (CP-25)."""

    department = text(60, required=True)
    content = text(LONG, required=True)
    due_at = AwareTime()
    owner_id = fields.UUID()


class ReportSubTaskSchema(RequestSchema):
    """How far it is (PT-25)."""

    content = text(LONG, required=True)


class ReturnSubTaskSchema(GiveReasonSchema):
    """What is still missing, and by when."""

    due_at = AwareTime()


class ReportSchema(Schema):
    """What the department said of it."""

    id = fields.UUID(required=True)
    by = fields.UUID(required=True)
    at = AwareTime(required=True)
    content = fields.String(required=True)


class SubTaskSchema(Schema):
    """One sub-task; ``said`` is the result, or why it was returned or cancelled."""

    id = fields.UUID(required=True)
    case_id = fields.UUID(required=True)
    department = fields.String(required=True)
    content = fields.String(required=True)
    owner_id = fields.UUID(required=True)
    opened_by = fields.UUID(required=True)
    opened_at = AwareTime(required=True)
    due_at = AwareTime(required=True, attribute="dues.due_at")
    report_due_at = AwareTime(required=True, allow_none=True, attribute="dues.report_due_at")
    because = fields.Nested(BecauseSchema, required=True)
    state = fields.String(required=True)
    said = fields.String(required=True, allow_none=True)
    changed_at = AwareTime(required=True, allow_none=True)
    reports = fields.List(fields.Nested(ReportSchema), required=True)


@blp.post("/v1/complaints/<uuid:complaint_id>/sub-tasks")
@allow(*NAMED)
@command
@blp.arguments(OpenSubTaskSchema)
@blp.response(201, SubTaskSchema)
def open_sub_task(asked: dict[str, Any], complaint_id: UUID) -> SubTask:
    """Let another department do its part; the complaint stays with its handler."""
    return sub_tasks.open_sub_task(tx(), complaint_id, by=caller(), **asked)


@blp.get("/v1/sub-tasks")
@allow(*READERS)
@query
@blp.arguments(list_schema("SubTasks", SubTaskState), location="query")
@blp.response(200, page_schema(SubTaskSchema))
def list_sub_tasks(asked: dict[str, Any]) -> dict[str, Any]:
    """The sub-tasks of the complaints and departments of the caller's unit and below."""
    found = listed(SubTasks(session()), asked)
    return page(found, key=(table.c.id,), args=asked, session=session())


@blp.get(ONE)
@allow(*READERS)
@query
@blp.response(200, SubTaskSchema)
def get_sub_task(sub_task_id: UUID) -> SubTask:
    """One sub-task with its reports."""
    return SubTasks(session()).get(sub_task_id, unit=principal().unit)


@blp.post(f"{ONE}/acceptances")
@allow(*NAMED)
@command
@blp.arguments(NothingSchema)
@blp.response(200, SubTaskSchema)
def accept_sub_task(_asked: dict[str, Any], sub_task_id: UUID) -> SubTask:
    """Take on what the department is to do."""
    return sub_tasks.accept(tx(), sub_task_id, by=caller())


@blp.post(f"{ONE}/reports")
@allow(*NAMED)
@command
@blp.arguments(ReportSubTaskSchema)
@blp.response(200, SubTaskSchema)
def report_on_sub_task(asked: dict[str, Any], sub_task_id: UUID) -> SubTask:
    """Say how far the department is."""
    return sub_tasks.report(tx(), sub_task_id, by=caller(), **asked)


@blp.post(f"{ONE}/results")
@allow(*NAMED)
@command
@blp.arguments(FinishSchema)
@blp.response(200, SubTaskSchema)
def finish_sub_task(asked: dict[str, Any], sub_task_id: UUID) -> SubTask:
    """The department has done its part."""
    return sub_tasks.finish(tx(), sub_task_id, by=caller(), **asked)


@blp.post(f"{ONE}/returns")
@allow(*NAMED)
@command
@blp.arguments(ReturnSubTaskSchema)
@blp.response(200, SubTaskSchema)
def return_sub_task(asked: dict[str, Any], sub_task_id: UUID) -> SubTask:
    """Give back what is not done well; its time begins anew."""
    return sub_tasks.send_back(tx(), sub_task_id, by=caller(), **asked)


@blp.post(f"{ONE}/cancellations")
@allow(*NAMED)
@command
@blp.arguments(GiveReasonSchema)
@blp.response(200, SubTaskSchema)
def cancel_sub_task(asked: dict[str, Any], sub_task_id: UUID) -> SubTask:
    """What the department was to do is no longer needed."""
    return sub_tasks.cancel(tx(), sub_task_id, by=caller(), **asked)
