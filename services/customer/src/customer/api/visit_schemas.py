"""What goes over HTTP about visits: requests and answers."""

from enum import StrEnum
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, OneOf

from customer.api.grade_schemas import is_customer
from customer.api.issue_schemas import RaiseIssueSchema
from customer.api.policies.forms import code
from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.visit_occasions import OccasionKind
from customer.domain.visit_reports import DataCheck, VisitRecord
from customer.domain.visit_rules import VisitMode
from customer.domain.visit_states import State
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

MOST_NAMED = 50


class Order(StrEnum):
    """How visits are listed: by day and within a day by priority (CL-28), or the other way."""

    DUE = "due"
    PRIORITY = "priority"


class VisitRecordSchema(RequestSchema):
    """What is written down besides the summary (F-04, F-08). ``sections`` by the names that the
    packs of the unit ask for; ``verified`` names the data that were found true (VS-14)."""

    sections = fields.Dict(
        keys=code(), values=prose(limits.REPORT), load_default=dict, validate=Length(max=MOST_NAMED)
    )
    participants = fields.List(fields.UUID(), load_default=list, validate=Length(max=MOST_NAMED))
    invited_units = fields.List(
        line(limits.UNIT), load_default=list, validate=Length(max=MOST_NAMED)
    )
    organiser_unit = line(limits.UNIT, load_default=None, allow_none=True)
    verified = fields.List(line(limits.NAME), load_default=list, validate=Length(max=MOST_NAMED))
    data_check = fields.Enum(DataCheck, by_value=True, load_default=None, allow_none=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> VisitRecord:
        lists = {name: tuple(data[name]) for name in ("participants", "invited_units", "verified")}
        return VisitRecord(**{**data, **lists})


class CompleteVisitSchema(RequestSchema):
    """When the visit was made, by the unit's calendar, in which way, what came of it, and the
    ``issues`` that the customer raised (VS-25)."""

    completed_on = fields.Date(required=True)
    mode = fields.Enum(VisitMode, by_value=True, required=True)
    report = prose(limits.REPORT, required=True)
    record = fields.Nested(VisitRecordSchema, load_default=VisitRecord)
    issues = fields.List(
        fields.Nested(RaiseIssueSchema), load_default=list, validate=Length(max=MOST_NAMED)
    )


class AppointVisitSchema(RequestSchema):
    """On which day the visitor means to come."""

    appointed_on = fields.Date(required=True)


class VisitArgs(PageArgs):
    """Which visits to list, and in which order; ``visitor`` takes ``me`` alone."""

    visitor = fields.String(load_default=None, validate=OneOf(["me"]))
    customer_id = fields.UUID(load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)
    due_until = fields.Date(load_default=None)
    order = fields.Enum(Order, by_value=True, load_default=Order.DUE)


class ShownGrade(fields.String):
    """The grade for which a visit is made; a customer is not told (CL-32)."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return super()._serialize("" if is_customer() else value, attr, obj, **kwargs)


class VisitSchema(Schema):
    """A visit, and the clause of the rule that asks for it."""

    visit_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    activity = fields.String(required=True)
    role = fields.String(required=True)
    grade = ShownGrade(required=True)
    priority = fields.Integer(required=True)
    visitor_id = fields.UUID(required=True)
    supervisor_id = fields.UUID(required=True, allow_none=True)
    due_on = fields.Date(required=True)
    appointed_on = fields.Date(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)
    planned_at = AwareTime(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    completed_on = fields.Date(required=True, allow_none=True)
    completed_by = fields.UUID(required=True, allow_none=True)
    mode = fields.Enum(VisitMode, by_value=True, required=True, allow_none=True)
    report = fields.String(required=True, allow_none=True)
    record = fields.Nested(VisitRecordSchema, required=True, allow_none=True)


class FlagsSchema(RequestSchema):
    """What the caller's unit says of a customer (VS-04, VS-17, VS-18, VS-41)."""

    is_key = fields.Boolean(required=True)
    out_of_town = fields.Boolean(required=True)
    executive_selected = fields.Boolean(required=True)
    lost = fields.Boolean(required=True)


class VisitFlagsSchema(FlagsSchema):
    """The flags and the unit that set them."""

    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)


class TellNodeSchema(RequestSchema):
    """A milestone or the end of a contract (VS-23); ``reference`` names it, without personal
    data."""

    kind = fields.Enum(
        OccasionKind,
        by_value=True,
        required=True,
        validate=OneOf([OccasionKind.CONTRACT_EXPIRY, OccasionKind.MILESTONE]),
    )
    happens_on = fields.Date(required=True)
    reference = line(limits.UNIT, required=True)


class TellSaleSchema(RequestSchema):
    """A sale that was finished (VS-42)."""

    happens_on = fields.Date(required=True)
    reference = line(limits.UNIT, required=True)


class OccasionSchema(Schema):
    """An occasion as it stands."""

    occasion_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    kind = fields.Enum(OccasionKind, by_value=True, required=True)
    reference = fields.String(required=True)
    happens_on = fields.Date(required=True)
    told_at = AwareTime(required=True)


class DaysArgs(Schema):
    """The local days from which on and up to which something is counted, both included."""

    first = fields.Date(required=True)
    last = fields.Date(required=True)


class ContactRatioSchema(Schema):
    """Contacts that we began, those that complaints caused, and how many of the former there are
    for each of the latter; null where no complaint caused any (VS-38)."""

    active = fields.Integer(required=True)
    passive = fields.Integer(required=True)
    ratio = fields.Float(required=True, allow_none=True)


class FulfilmentRowSchema(Schema):
    """The visits of one activity, actor and grade: how many there were to be made, and what became
    of them."""

    activity = fields.String(required=True)
    role = fields.String(required=True)
    grade = fields.String(required=True)
    due = fields.Integer(required=True)
    done = fields.Integer(required=True)
    overdue = fields.Integer(required=True)


class FulfilmentSchema(Schema):
    """How far the visit plan of a unit was fulfilled (RP-07)."""

    rows = fields.List(fields.Nested(FulfilmentRowSchema), required=True)
