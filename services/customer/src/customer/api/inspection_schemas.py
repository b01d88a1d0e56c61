"""What goes over HTTP about joint inspections of partners: requests and answers."""

from marshmallow import Schema, fields
from marshmallow.validate import Length

from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.inspection_states import State
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

MOST_UNITS = 50


class PlanInspectionSchema(RequestSchema):
    """Why the partner is inspected, on which local day, and which units take part."""

    purpose = prose(limits.REPORT, required=True)
    planned_on = fields.Date(required=True)
    units = fields.List(line(limits.UNIT), required=True, validate=Length(1, MOST_UNITS))


class HoldInspectionSchema(RequestSchema):
    """The local day on which it took place."""

    held_on = fields.Date(required=True)


class RecordFindingSchema(RequestSchema):
    """What the inspector of a unit found."""

    unit = line(limits.UNIT, required=True)
    finding = prose(limits.REPORT, required=True)


class ConcludeInspectionSchema(RequestSchema):
    """What came of it."""

    conclusion = prose(limits.REPORT, required=True)


class CancelInspectionSchema(RequestSchema):
    """Why it does not take place."""

    reason = prose(limits.REPORT, required=True)


class InspectionArgs(PageArgs):
    """Which inspections to list."""

    customer_id = fields.UUID(load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


class InvitedUnitSchema(Schema):
    """A unit that takes part, and what it found."""

    unit = fields.String(required=True)
    finding = fields.String(required=True, allow_none=True)
    inspector_id = fields.UUID(required=True, allow_none=True)
    found_at = AwareTime(required=True, allow_none=True)


class InspectionSchema(Schema):
    """A joint inspection as far as it has come."""

    inspection_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True, attribute="org_unit")
    purpose = fields.String(required=True)
    planned_on = fields.Date(required=True)
    organiser_id = fields.UUID(required=True)
    planned_at = AwareTime(required=True)
    invited = fields.List(fields.Nested(InvitedUnitSchema), required=True)
    state = fields.Enum(State, by_value=True, required=True)
    held_on = fields.Date(required=True, allow_none=True)
    conclusion = fields.String(required=True, allow_none=True)
    cancelled_for = fields.String(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)
