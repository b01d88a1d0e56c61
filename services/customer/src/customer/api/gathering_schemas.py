"""What goes over HTTP about gatherings: requests and answers."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

from customer.api.communication_schemas import ids
from customer.api.policies.forms import code
from customer.api.texts import Amount, line, prose
from customer.domain import limits
from customer.domain.gathering_states import State
from customer.domain.gatherings import Kind
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

MOST = 50
MOST_ATTENDEES = 100_000


class DraftGatheringSchema(RequestSchema):
    """A plan of organisation (F-37); ``budget`` in 10,000 yuan, ``planned_on`` a local date."""

    org_unit = line(limits.UNIT, required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    title = line(limits.NAME, required=True)
    plan = prose(limits.REPORT, required=True)
    agenda = fields.List(code(), required=True, validate=Length(max=MOST))
    planned_on = fields.Date(required=True)
    attendees = fields.Integer(required=True, strict=True, validate=Range(1, MOST_ATTENDEES))
    budget = Amount(load_default=None, allow_none=True)
    customers = ids(load_default=list)
    joint_units = fields.List(line(limits.UNIT), load_default=list, validate=Length(max=MOST))
    invited_units = fields.List(line(limits.UNIT), load_default=list, validate=Length(max=MOST))


class MoveGatheringSchema(RequestSchema):
    """Nothing more is to be said."""


class RefuseGatheringSchema(RequestSchema):
    """Why the plan goes back."""

    reason = prose(limits.REPORT, required=True)


class HoldGatheringSchema(RequestSchema):
    """The local day on which it took place."""

    held_on = fields.Date(required=True)


class ReportGatheringSchema(RequestSchema):
    """The written report (VS-10)."""

    text = prose(limits.REPORT, required=True)


class GatheringArgs(PageArgs):
    """Which gatherings to list."""

    kind = fields.Enum(Kind, by_value=True, load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


class DueGatheringSchema(Schema):
    """A kind of gathering that is wanted since a local day."""

    kind = fields.Enum(Kind, by_value=True, required=True)
    due_on = fields.Date(required=True)
    because = fields.Nested(BecauseSchema, required=True)


class DueGatheringsSchema(Schema):
    """All kinds that are wanted in a unit."""

    kinds = fields.List(fields.Nested(DueGatheringSchema), required=True)


class GatheringSchema(Schema):
    """A gathering as far as it has come."""

    gathering_id = fields.UUID(required=True, attribute="id")
    org_unit = fields.String(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    title = fields.String(required=True)
    plan = fields.String(required=True)
    agenda = fields.List(fields.String(), required=True)
    planned_on = fields.Date(required=True)
    attendees = fields.Integer(required=True)
    budget = Amount(required=True, allow_none=True)
    organiser_id = fields.UUID(required=True)
    drafted_at = AwareTime(required=True)
    customers = fields.List(fields.UUID(), required=True)
    joint_units = fields.List(fields.String(), required=True)
    invited_units = fields.List(fields.String(), required=True)
    state = fields.Enum(State, by_value=True, required=True)
    approvals = fields.List(fields.UUID(), required=True)
    refusal = fields.String(required=True, allow_none=True)
    funded_by = fields.UUID(required=True, allow_none=True)
    held_on = fields.Date(required=True, allow_none=True)
    report_text = fields.String(required=True, allow_none=True)
    reported_by = fields.UUID(required=True, allow_none=True)
    closed_by = fields.UUID(required=True, allow_none=True)
