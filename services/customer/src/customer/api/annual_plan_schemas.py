"""What goes over HTTP about the visit plans of a year: requests and answers."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

from customer.api.policies.forms import code
from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.annual_plan_states import State
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

YEARS = Range(2000, 2999)
MOST_PROPOSALS = 10


class DraftPlanSchema(RequestSchema):
    """The year, and the annual sales plan that the visits follow from."""

    year = fields.Integer(required=True, strict=True, validate=YEARS)
    sales_plan = line(limits.DOCUMENT_NUMBER, required=True)


class ProposeSchema(RequestSchema):
    """What is proposed to a customer, by the names that the packs of the unit ask for."""

    proposals = fields.Dict(
        keys=code(),
        values=prose(limits.REPORT),
        required=True,
        validate=Length(1, MOST_PROPOSALS),
    )


class MovePlanSchema(RequestSchema):
    """Nothing more is to be said."""


class ReturnPlanSchema(RequestSchema):
    """Why the plan goes back."""

    reason = prose(limits.REPORT, required=True)


class PlanArgs(PageArgs):
    """Which plans to list."""

    year = fields.Integer(load_default=None, validate=YEARS)
    state = fields.Enum(State, by_value=True, load_default=None)


class RowArgs(PageArgs):
    """Which customers of a plan to list."""

    complete = fields.Boolean(load_default=None)


class AnnualPlanSchema(Schema):
    """A plan as far as it has come; ``open_rows`` of its customers lack a proposal."""

    plan_id = fields.UUID(required=True, attribute="id")
    org_unit = fields.String(required=True)
    year = fields.Integer(required=True)
    sales_plan = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    state = fields.Enum(State, by_value=True, required=True)
    rows = fields.Integer(required=True)
    open_rows = fields.Integer(required=True)
    drafted_by = fields.UUID(required=True)
    drafted_at = AwareTime(required=True)
    submitted_by = fields.UUID(required=True, allow_none=True)
    decided_by = fields.UUID(required=True, allow_none=True)
    refusal = fields.String(required=True, allow_none=True)


class PlanRowSchema(Schema):
    """A customer of a plan: the visits due in the year by activity, and what is proposed."""

    customer_id = fields.UUID(required=True)
    visits = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    proposals = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    complete = fields.Boolean(required=True)
