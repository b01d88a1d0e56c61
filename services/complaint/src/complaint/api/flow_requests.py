"""What may be asked of cases that follow a preset flow."""

from datetime import datetime
from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length, OneOf

from complaint.api.requests import LONG, NamedContactSchema
from complaint.domain.feedback import FeedbackTopic
from complaint.domain.flow_cases import Arrival
from complaint.domain.intake import Channel
from complaint.domain.problems import Plan, ProblemSource, ProblemType, Remedy
from complaint.domain.root_causes import RootCause
from complaint.domain.satisfaction import Method
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema

SEVERAL = Length(1, 20)


def _text(**options: Any) -> fields.String:
    return fields.String(validate=Length(1, LONG), **options)


def _line(most: int, **options: Any) -> fields.String:
    return fields.String(validate=Length(1, most), **options)


class ArrivalSchema(RequestSchema):
    """How a case comes in (PT-06). ``received_at`` is now unless it came in earlier."""

    org_unit = _line(60, required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    received_at = AwareTime()
    customer_id = fields.UUID(load_default=None, allow_none=True)
    matter = _text(required=True)
    contact = fields.Nested(NamedContactSchema, load_default=None, allow_none=True)


def arrival_of(asked: dict[str, Any], *, now: datetime) -> Arrival:
    """Take out of a request how the case came in: now, unless it says when."""
    told = {name: asked.pop(name) for name in ("org_unit", "channel", "customer_id")}
    return Arrival(**told, received_at=asked.pop("received_at", now))


class RecordFeedbackSchema(ArrivalSchema):
    """What a customer thinks of us, and what it is about (PT-31)."""

    topic = fields.Enum(FeedbackTopic, by_value=True, required=True)


class AnalyseFeedbackSchema(RequestSchema):
    """What the feedback shows (PT-29)."""

    analysis = _text(required=True)


class ProblemFactsSchema(RequestSchema):
    """What is asked of every problem; its source is a must (PT-18)."""

    type = fields.Enum(ProblemType, by_value=True, required=True)
    source = fields.Enum(ProblemSource, by_value=True, required=True)
    found_by_customer = fields.Boolean(load_default=False)
    product = _line(120, load_default=None, allow_none=True)
    batch = _line(60, load_default=None, allow_none=True)


class SubmitProblemSchema(ArrivalSchema, ProblemFactsSchema):
    """A problem as it comes in."""


class VerifyProblemSchema(RequestSchema):
    """Which departments it touches, and who looks into it (PT-08)."""

    departments = fields.List(_line(120), required=True, validate=SEVERAL)
    investigator_ids = fields.List(fields.UUID(), required=True, validate=SEVERAL)


class RecordFindingsSchema(RequestSchema):
    """What the investigation found (PT-08), and what the problem comes from (PT-16)."""

    findings = _text(required=True)
    root_cause = fields.Enum(RootCause, by_value=True, allow_none=True)


class PlanSolutionSchema(RequestSchema):
    """How to solve it (PT-04, PT-09); ``remedy_reason`` where the remedy is not the usual one."""

    remedy = fields.Enum(Remedy, by_value=True, required=True)
    remedy_reason = _text(allow_none=True)
    solution = _text(required=True)
    feasibility = _text(required=True)
    owner_id = fields.UUID(required=True)
    due_at = AwareTime(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Plan:
        return Plan(**data)


class LogStepSchema(RequestSchema):
    """What was done (PT-10)."""

    content = _text(required=True)


class TellOutcomeSchema(RequestSchema):
    """What came of it (PT-10)."""

    result = _text(required=True)


class CallCustomerBackSchema(RequestSchema):
    """What the customer said of the solution, with evidence, and what was learnt (PT-11)."""

    method = fields.Enum(Method, by_value=True, required=True)
    satisfied = fields.Boolean(required=True)
    evidence = _text(required=True)
    lesson = _text(allow_none=True)


class CallInSchema(RequestSchema):
    """Who works on it as well (PT-22)."""

    person_id = fields.UUID(required=True)


class ListCasesSchema(PageArgs):
    """Which of the visible cases to list."""

    assigned_to = fields.String(validate=OneOf(["me"]))
