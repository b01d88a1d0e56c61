"""What departments have to do, over HTTP: what is said of it, and how it is listed."""

from enum import StrEnum
from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf
from sqlalchemy import Select

from complaint.adapters.department_work import DepartmentWork
from complaint.api.access import caller
from complaint.api.requests import LONG, text
from shared.web.auth import principal
from shared.web.paging import PageArgs
from shared.web.schemas import RequestSchema


class FinishSchema(RequestSchema):
    """What was done."""

    result = text(LONG, required=True)


class GiveReasonSchema(RequestSchema):
    """Why it is done anew, or not at all."""

    reason = text(LONG, required=True)


def list_schema(noun: str, states: type[StrEnum]) -> type[PageArgs]:
    """Which of what is visible to list."""
    members = {
        "state": fields.Enum(states, by_value=True),
        "owner": fields.String(validate=OneOf(["me"])),
    }
    made: type[PageArgs] = type(f"List{noun}Schema", (PageArgs,), members)
    return made


def listed(works: DepartmentWork[Any], asked: dict[str, Any]) -> Select[Any]:
    """The query of what the caller sees, narrowed as he asks."""
    owner_id = caller().id if asked.get("owner") else None
    return works.listed(unit=principal().unit, state=asked.get("state"), owner_id=owner_id)
