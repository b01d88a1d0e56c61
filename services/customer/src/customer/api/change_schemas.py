"""What goes over HTTP about major changes and what customers report of themselves."""

from marshmallow import Schema, fields
from marshmallow.validate import Length

from customer.api.texts import prose
from customer.domain import limits
from customer.domain.change_notices import NoticeState
from customer.domain.status_cases import CaseKind, CaseState
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

MOST_FIELDS = 20


class ReportChangeSchema(RequestSchema):
    """Which fields change, and since when somebody of ours knows it."""

    fields_ = fields.List(
        fields.String(validate=Length(1, 60)),
        required=True,
        validate=Length(1, MOST_FIELDS),
        data_key="fields",
    )
    known_at = AwareTime(required=True)


class ChangeNoticeSchema(Schema):
    """An update that a major change asks for, and the clause of its deadline."""

    notice_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    fields_ = fields.List(fields.String(), required=True, data_key="fields", attribute="fields")
    waiting = fields.List(fields.String(), required=True)
    known_at = AwareTime(required=True)
    due_at = AwareTime(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    state = fields.Enum(NoticeState, by_value=True, required=True)
    reported_by = fields.String(required=True)
    reported_at = AwareTime(required=True)
    done_at = AwareTime(required=True, allow_none=True)


class ReportStatusSchema(RequestSchema):
    """What happens to the registration of the customer's business, in his own words."""

    kind = fields.Enum(CaseKind, by_value=True, required=True)
    words = prose(limits.REPORT, required=True)


class DecideStatusSchema(RequestSchema):
    """Whether what was reported is accepted, and which fields a new registration changes; every
    major one where none is named."""

    accepted = fields.Boolean(required=True)
    fields_ = fields.List(
        fields.String(validate=Length(1, 60)),
        load_default=list,
        validate=Length(max=MOST_FIELDS),
        data_key="fields",
    )


class StatusCaseSchema(Schema):
    """A case; the words of the customer are shown to those who decide."""

    case_id = fields.UUID(required=True, attribute="id")
    kind = fields.Enum(CaseKind, by_value=True, required=True)
    state = fields.Enum(CaseState, by_value=True, required=True)
    reported_at = AwareTime(required=True)
    decided_at = AwareTime(required=True, allow_none=True)


class StaffStatusCaseSchema(StatusCaseSchema):
    """A case with what the customer says."""

    customer_id = fields.UUID(required=True)
    words = fields.String(required=True)
    reported_by = fields.String(required=True)
    decided_by = fields.String(required=True, allow_none=True)
