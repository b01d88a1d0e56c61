"""What goes over HTTP about needs: requests and answers."""

from marshmallow import Schema, fields
from marshmallow.validate import Length

from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.needs import Dimension, Origin, Weight
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema

MOST = 30


class RecordNeedSchema(RequestSchema):
    """The standard form (CF-43, CF-44); ``units`` are the departments concerned (CF-47)."""

    weight = fields.Enum(Weight, by_value=True, required=True)
    satisfiable_now = fields.Boolean(required=True)
    dimension = fields.Enum(Dimension, by_value=True, required=True)
    origin = fields.Enum(Origin, by_value=True, required=True)
    text = prose(limits.REPORT, required=True)
    expectation = prose(limits.REPORT, load_default=None, allow_none=True)
    wanted_by = line(limits.UNIT, load_default=None, allow_none=True)
    units = fields.List(line(limits.UNIT), required=True, validate=Length(1, MOST))


class AcknowledgeNeedSchema(RequestSchema):
    """The department that knows now."""

    unit = line(limits.UNIT, required=True)


class NeedArgs(PageArgs):
    """Which needs to list."""

    customer_id = fields.UUID(load_default=None)
    weight = fields.Enum(Weight, by_value=True, load_default=None)
    dimension = fields.Enum(Dimension, by_value=True, load_default=None)


class NeedTargetSchema(Schema):
    """A department that has to know."""

    unit = fields.String(required=True)
    due_at = AwareTime(required=True)
    acknowledged_by = fields.UUID(required=True, allow_none=True)
    acknowledged_at = AwareTime(required=True, allow_none=True)


class NeedSchema(Schema):
    """A need and who has to know it."""

    need_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    weight = fields.Enum(Weight, by_value=True, required=True)
    satisfiable_now = fields.Boolean(required=True)
    dimension = fields.Enum(Dimension, by_value=True, required=True)
    origin = fields.Enum(Origin, by_value=True, required=True)
    text = fields.String(required=True)
    expectation = fields.String(required=True, allow_none=True)
    wanted_by = fields.String(required=True, allow_none=True)
    recorded_by = fields.UUID(required=True)
    recorded_at = AwareTime(required=True)
    targets = fields.List(fields.Nested(NeedTargetSchema), required=True)
