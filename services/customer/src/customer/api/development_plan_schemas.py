"""What goes over HTTP about development plans: requests and answers."""

from marshmallow import Schema, fields
from marshmallow.validate import Length

from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.development_plan_states import State
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

MOST = 30


class ReviseDevelopmentSchema(RequestSchema):
    """What was learnt of the customer's needs, and what the departments do about them."""

    needs = prose(limits.REPORT, required=True)
    plan = prose(limits.REPORT, required=True)


class ProposeDevelopmentSchema(ReviseDevelopmentSchema):
    """The same, and the departments that take part: several."""

    units = fields.List(line(limits.UNIT), required=True, validate=Length(2, MOST))


class AgreeSchema(RequestSchema):
    """The department that agrees."""

    unit = line(limits.UNIT, required=True)


class DevelopmentArgs(PageArgs):
    """Which plans to list."""

    customer_id = fields.UUID(load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


class PlanPartSchema(Schema):
    """A department that takes part."""

    unit = fields.String(required=True)
    agreed_by = fields.UUID(required=True, allow_none=True)
    agreed_at = AwareTime(required=True, allow_none=True)


class DevelopmentPlanSchema(Schema):
    """A plan, and who has agreed to it."""

    plan_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    needs = fields.String(required=True)
    plan = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    coordinated_by = fields.UUID(required=True)
    proposed_at = AwareTime(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    parts = fields.List(fields.Nested(PlanPartSchema), required=True)
