"""What departments have to do, over HTTP: what is said of it, and how it is listed."""

from enum import StrEnum
from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import OneOf
from sqlalchemy import Select

from complaint.adapters.department_work import DepartmentWork
from complaint.api.access import caller
from complaint.api.requests import LONG, text
from shared.web.auth import principal
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema


class FinishSchema(RequestSchema):
    """What was done."""

    result = text(LONG, required=True)


class GiveReasonSchema(RequestSchema):
    """Why it is done anew, or not at all."""

    reason = text(LONG, required=True)


class TaskSchema(Schema):
    """What all of them show; ``said`` is what was said last of it."""

    id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    department = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    due_at = AwareTime(required=True)
    owner_id = fields.UUID(required=True, allow_none=True)
    overdue_at = AwareTime(required=True, allow_none=True)
    state = fields.String(required=True)
    said = fields.String(required=True, allow_none=True)


def list_schema(noun: str, states: type[StrEnum], **more: fields.Field[Any]) -> type[PageArgs]:
    """Which of what is visible to list; ``more`` are filters of that kind alone."""
    members = {
        "state": fields.Enum(states, by_value=True),
        "owner": fields.String(validate=OneOf(["me"])),
        **more,
    }
    made: type[PageArgs] = type(f"List{noun}Schema", (PageArgs,), members)
    return made


def listed(works: DepartmentWork[Any], asked: dict[str, Any]) -> Select[Any]:
    """The query of what the caller sees, narrowed as he asks."""
    owner_id = caller().id if asked.get("owner") else None
    return works.listed(unit=principal().unit, state=asked.get("state"), owner_id=owner_id)
