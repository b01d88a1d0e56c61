"""How cases that follow a preset flow are shown over HTTP, and the queue over all kinds."""

from typing import TypeVar

from marshmallow import Schema, fields

from complaint.api.answers import (
    ClockSchema,
    FieldWorkSchema,
    ProgressContactSchema,
    SuggestionSchema,
)
from complaint.domain.flow_cases import FlowCase
from shared.web.etags import set_version
from shared.web.schemas import AwareTime

Kind = TypeVar("Kind", bound=FlowCase)


class CaseSummarySchema(Schema):
    """A case of any kind as the queue shows it."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    number = fields.String(required=True)
    org_unit = fields.String(required=True, attribute="unit")
    state = fields.String(required=True)
    level = fields.Integer(required=True)
    handler_id = fields.UUID(required=True)
    assigned_person_ids = fields.Function(lambda case: sorted(map(str, case.assigned_ids)))
    next_due_at = AwareTime(required=True, allow_none=True)


class ParticipantSchema(Schema):
    """Who works, or worked, on a case, and with which duty (PT-19, PT-22)."""

    person_id = fields.UUID(required=True)
    duty = fields.String(required=True)
    since = AwareTime(required=True)
    left_at = AwareTime(required=True, allow_none=True)


class FlowCaseSchema(CaseSummarySchema):
    """What every case that follows a flow shows; ``allowed`` is what can be done next."""

    channel = fields.String(required=True, attribute="arrival.channel")
    received_at = AwareTime(required=True, attribute="arrival.received_at")
    customer_id = fields.UUID(required=True, allow_none=True, attribute="arrival.customer_id")
    matter = fields.String(required=True)
    stage = fields.String(required=True, allow_none=True, attribute="step")
    filed_by = fields.UUID(required=True, allow_none=True)
    filed_at = AwareTime(required=True)
    clocks = fields.Dict(
        keys=fields.String(), values=fields.Nested(ClockSchema), required=True, attribute="timed"
    )
    participants = fields.List(fields.Nested(ParticipantSchema), required=True)
    contacts = fields.List(fields.Nested(ProgressContactSchema), required=True)
    allowed = fields.List(fields.String(), required=True)
    version = fields.Integer(required=True)


class PlanSchema(Schema):
    """How a problem shall be solved (PT-09)."""

    remedy = fields.String(required=True)
    remedy_reason = fields.String(required=True, allow_none=True)
    solution = fields.String(required=True)
    feasibility = fields.String(required=True)
    owner_id = fields.UUID(required=True)
    due_at = AwareTime(required=True)


class HandlingStepSchema(Schema):
    """One thing that was done (PT-10)."""

    id = fields.UUID(required=True)
    by = fields.UUID(required=True)
    at = AwareTime(required=True)
    content = fields.String(required=True)


class ShownReturnVisitSchema(Schema):
    """What the customer said of the solution, and what was learnt (PT-11)."""

    id = fields.UUID(required=True)
    by = fields.UUID(required=True)
    at = AwareTime(required=True)
    method = fields.String(required=True)
    satisfied = fields.Boolean(required=True)
    evidence = fields.String(required=True)
    lesson = fields.String(required=True, allow_none=True)


class ProblemTicketSchema(FlowCaseSchema):
    """A whole problem ticket. ``suggestion`` says why it has its priority."""

    type = fields.String(required=True)
    source = fields.String(required=True)
    found_by_customer = fields.Boolean(required=True)
    issue_id = fields.UUID(required=True, allow_none=True)
    product = fields.String(required=True, allow_none=True)
    batch = fields.String(required=True, allow_none=True)
    suggestion = fields.Nested(SuggestionSchema, required=True)
    departments = fields.List(fields.String(), required=True)
    findings = fields.String(required=True, allow_none=True)
    root_cause = fields.String(required=True, allow_none=True)
    field_works = fields.List(fields.Nested(FieldWorkSchema), required=True)
    plan = fields.Nested(PlanSchema, required=True, allow_none=True)
    result = fields.String(required=True, allow_none=True)
    steps = fields.List(fields.Nested(HandlingStepSchema), required=True)
    return_visits = fields.List(fields.Nested(ShownReturnVisitSchema), required=True)


class ServiceRequestSchema(FlowCaseSchema):
    """A whole service request."""

    result = fields.String(required=True, allow_none=True)


class FeedbackSchema(FlowCaseSchema):
    """One piece of feedback."""

    topic = fields.String(required=True)
    analysis = fields.String(required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True)


def shown(case: Kind) -> Kind:
    """Answer with the case and its version as ETag."""
    set_version(case.version)
    return case
