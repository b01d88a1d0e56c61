"""What goes over HTTP about communications: requests and answers."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length

from customer.api.consent_schemas import DiscloseSchema
from customer.api.issue_schemas import RaiseIssueSchema
from customer.api.policies.forms import code
from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.communication_states import State
from customer.domain.communications import Kind
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

MOST = 50


def ids(**options: Any) -> fields.List[Any]:
    """Ids, each once at most."""
    return fields.List(fields.UUID(), validate=Length(max=MOST), **options)


class PlanCommunicationSchema(RequestSchema):
    """What is written down before a communication (VS-24); ``mode`` is one of those that the packs
    of the unit name."""

    kind = fields.Enum(Kind, by_value=True, load_default=Kind.PLANNED)
    mode = code(required=True)
    purpose = prose(limits.REPORT, required=True)
    agenda = prose(limits.REPORT, required=True)
    planned_for = AwareTime(required=True)
    our_side = ids(load_default=list)
    their_side = ids(load_default=list)
    project_id = fields.UUID(load_default=None, allow_none=True)
    place = prose(limits.REPORT, load_default=None, allow_none=True)


class HoldCommunicationSchema(RequestSchema):
    """When it took place."""

    held_at = AwareTime(required=True)


class RecordCommunicationSchema(RequestSchema):
    """The minutes (F-04, F-33). ``feedback`` is what was said of product and service,
    ``competitors`` what was learnt of others (CF-03); ``file_checked`` says that address, telephone
    and the like were gone through and set right (CF-14). ``outside`` names recipients who are none
    of ours, with the consent or the legal basis that allows it."""

    minutes = prose(limits.REPORT, required=True)
    feedback = prose(limits.REPORT, load_default=None, allow_none=True)
    competitors = prose(limits.REPORT, load_default=None, allow_none=True)
    follow_up = prose(limits.REPORT, load_default=None, allow_none=True)
    principles = fields.List(code(), load_default=list, validate=Length(max=MOST))
    file_checked = fields.Boolean(required=True)
    shared_persons = ids(required=True)
    shared_units = fields.List(line(limits.UNIT), load_default=list, validate=Length(max=MOST))
    outside = fields.List(
        fields.Nested(DiscloseSchema), load_default=list, validate=Length(max=MOST)
    )
    issues = fields.List(
        fields.Nested(RaiseIssueSchema), load_default=list, validate=Length(max=MOST)
    )


class CheckCommunicationSchema(RequestSchema):
    """The record is in order."""


class CancelCommunicationSchema(RequestSchema):
    """It will not take place."""


class CommunicationArgs(PageArgs):
    """Which communications to list."""

    customer_id = fields.UUID(load_default=None)
    kind = fields.Enum(Kind, by_value=True, load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


class CommunicationSchema(Schema):
    """A communication and its record."""

    communication_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    mode = fields.String(required=True)
    purpose = fields.String(required=True)
    agenda = fields.String(required=True)
    planned_for = AwareTime(required=True)
    planned_by = fields.UUID(required=True)
    planned_at = AwareTime(required=True)
    our_side = fields.List(fields.UUID(), required=True)
    their_side = fields.List(fields.UUID(), required=True)
    project_id = fields.UUID(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    state = fields.Enum(State, by_value=True, required=True)
    held_at = AwareTime(required=True, allow_none=True)
    minutes_due_at = AwareTime(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True, allow_none=True)
    minutes = fields.String(required=True, allow_none=True)
    feedback = fields.String(required=True, allow_none=True)
    competitors = fields.String(required=True, allow_none=True)
    follow_up = fields.String(required=True, allow_none=True)
    principles = fields.List(fields.String(), required=True)
    file_checked = fields.Boolean(required=True)
    shared_persons = fields.List(fields.UUID(), required=True)
    shared_units = fields.List(fields.String(), required=True)
    disclosures = fields.List(fields.UUID(), required=True)
    recorded_by = fields.UUID(required=True, allow_none=True)
    recorded_at = AwareTime(required=True, allow_none=True)
    checked_by = fields.UUID(required=True, allow_none=True)
    checked_at = AwareTime(required=True, allow_none=True)
