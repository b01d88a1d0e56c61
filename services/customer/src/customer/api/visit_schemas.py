"""What goes over HTTP about visits: requests and answers."""

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from customer.api.texts import prose
from customer.domain import limits
from customer.domain.visit_rules import VisitMode
from customer.domain.visit_states import State
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema


class CompleteVisitSchema(RequestSchema):
    """When the visit was made, by the unit's calendar, in which way, and what came of it."""

    completed_on = fields.Date(required=True)
    mode = fields.Enum(VisitMode, by_value=True, required=True)
    report = prose(limits.REPORT, required=True)


class VisitArgs(PageArgs):
    """Which visits to list; ``visitor`` takes ``me`` alone."""

    visitor = fields.String(load_default=None, validate=OneOf(["me"]))
    customer_id = fields.UUID(load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


class VisitSchema(Schema):
    """A visit, and the clause of the rule that asks for it."""

    visit_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    activity = fields.String(required=True)
    role = fields.String(required=True)
    visitor_id = fields.UUID(required=True)
    supervisor_id = fields.UUID(required=True, allow_none=True)
    due_on = fields.Date(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    planned_at = AwareTime(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    completed_on = fields.Date(required=True, allow_none=True)
    completed_by = fields.UUID(required=True, allow_none=True)
    mode = fields.Enum(VisitMode, by_value=True, required=True, allow_none=True)
    report = fields.String(required=True, allow_none=True)
