"""What goes over HTTP about summaries of opinions: requests and answers."""

from marshmallow import Schema, fields

from customer.api.policies.forms import code
from customer.api.texts import prose
from customer.domain import limits
from customer.domain.opinion_states import State
from customer.domain.opinions import ActionKind
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema


class OpenSummarySchema(RequestSchema):
    """The first local day of the period."""

    period_from = fields.Date(required=True)


class DelegateSummarySchema(RequestSchema):
    """Who analyses the opinions in the manager's place."""

    delegate_id = fields.UUID(required=True)


class AnalyseSummarySchema(RequestSchema):
    """What follows from the opinions; it names no persons."""

    analysis = prose(limits.REPORT, required=True)


class RequestActionSchema(RequestSchema):
    """Which action is necessary; ``reason`` is one of those that the packs of the unit name."""

    kind = fields.Enum(ActionKind, by_value=True, required=True)
    reason = code(required=True)


class SummaryArgs(PageArgs):
    """Which summaries to list."""

    state = fields.Enum(State, by_value=True, load_default=None)


class OpinionSummarySchema(Schema):
    """A summary as far as it has come; ``reports`` says how many reports hold the opinions."""

    summary_id = fields.UUID(required=True, attribute="id")
    org_unit = fields.String(required=True)
    period_from = fields.Date(required=True)
    period_to = fields.Date(required=True)
    activities = fields.List(fields.String(), required=True)
    sections = fields.List(fields.String(), required=True)
    reports = fields.Integer(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    state = fields.Enum(State, by_value=True, required=True)
    opened_by = fields.UUID(required=True)
    opened_at = AwareTime(required=True)
    delegate_id = fields.UUID(required=True, allow_none=True)
    analysis = fields.String(required=True, allow_none=True)
    analysed_by = fields.UUID(required=True, allow_none=True)
    analysed_at = AwareTime(required=True, allow_none=True)
    action_id = fields.UUID(required=True, allow_none=True)
    action_kind = fields.Enum(ActionKind, by_value=True, required=True, allow_none=True)
    action_reason = fields.String(required=True, allow_none=True)
    action_due_on = fields.Date(required=True, allow_none=True)
    action_requested_by = fields.UUID(required=True, allow_none=True)


class OpinionSchema(Schema):
    """What a customer said on one visit: the sections of its report that hold opinions."""

    visit_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    activity = fields.String(required=True)
    completed_on = fields.Date(required=True)
    reported_at = AwareTime(required=True)
    sections = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
