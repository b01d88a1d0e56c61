"""What goes over HTTP about projects: requests and answers."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from customer.api.texts import Amount, line, prose
from customer.domain import limits
from customer.domain.projects import Stage
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema


class ChangeProjectSchema(RequestSchema):
    """What is to be different (F-15); a field that is left out stays. ``amount`` in 10,000 yuan."""

    name = line(limits.NAME)
    stage = fields.Enum(Stage, by_value=True)
    amount = Amount(allow_none=True)
    key_project = fields.Boolean()
    communication_necessary = fields.Boolean()
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    participants = prose(limits.REPORT, allow_none=True)
    competitors = prose(limits.REPORT, allow_none=True)
    next_step = prose(limits.REPORT, allow_none=True)

    @validates_schema
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ValidationError("Nothing is to be changed.")
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            raise ValidationError("Ends before it begins.", "ends_on")


class RecordProjectSchema(ChangeProjectSchema):
    """A project that somebody came to know of."""

    name = line(limits.NAME, required=True)


class ProjectArgs(PageArgs):
    """Which projects to list."""

    customer_id = fields.UUID(load_default=None)
    stage = fields.Enum(Stage, by_value=True, load_default=None)
    key_project = fields.Boolean(load_default=None)


class ProjectSchema(Schema):
    """A project as it is known."""

    project_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    name = fields.String(required=True)
    stage = fields.Enum(Stage, by_value=True, required=True)
    amount = Amount(required=True, allow_none=True)
    key_project = fields.Boolean(required=True)
    communication_necessary = fields.Boolean(required=True)
    starts_on = fields.Date(required=True, allow_none=True)
    ends_on = fields.Date(required=True, allow_none=True)
    participants = fields.String(required=True, allow_none=True)
    competitors = fields.String(required=True, allow_none=True)
    next_step = fields.String(required=True, allow_none=True)
    recorded_by = fields.UUID(required=True)
    recorded_at = AwareTime(required=True)
