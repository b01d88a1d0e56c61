"""What may be asked over HTTP."""

from enum import StrEnum
from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Email, Length, OneOf, Range, Regexp

from complaint.domain.case_contacts import HOME_LANGUAGE, NamedContact
from complaint.domain.field_work import Assignment
from complaint.domain.intake import Channel, Complainant, Severity, Subject
from complaint.domain.pauses import PauseReason
from complaint.domain.satisfaction import Method
from complaint.domain.states import State
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema

LONG = 4000
LEVEL = Range(min=1, max=99)
LANGUAGE = Regexp(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z")


def text(most: int, **options: Any) -> fields.String:
    """Words of at most ``most`` characters."""
    return fields.String(validate=Length(1, most), **options)


class DetailsSchema(RequestSchema):
    """Details of the form (F-01, CP-23); null clears one."""

    reason = text(LONG, allow_none=True)
    course = text(LONG, allow_none=True)
    cause = text(LONG, allow_none=True)
    cause_code = text(60, allow_none=True)
    occurred_at = AwareTime(allow_none=True)
    place = text(200, allow_none=True)
    shop_and_persons = text(200, allow_none=True)
    product = text(120, allow_none=True)
    product_code = text(60, allow_none=True)
    sales_order = text(60, allow_none=True)
    other_contacts = text(200, allow_none=True)
    agent_name = text(120, allow_none=True)
    agent_relation = text(60, allow_none=True)
    respondent_department = text(120, allow_none=True)
    respondent_person = text(120, allow_none=True)


class NamedContactSchema(RequestSchema):
    """Whom to write to about a case: the complainant, or the agent who stands for him. How he wants
    to be addressed, his e-mail address, and in which language, as a BCP 47 tag."""

    name = text(120, required=True)
    email = fields.String(required=True, validate=[Length(max=254), Email()])
    language = fields.String(load_default=HOME_LANGUAGE, validate=[Length(max=35), LANGUAGE])

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> NamedContact:
        return NamedContact(**data)


class ComplaintFactsSchema(RequestSchema):
    """What is asked of every complaint, however it comes in.

    ``level`` may lie above that of the decision table, then ``level_reason`` says why (CP-63);
    ``severity`` is asked where the packs say so, as for key accounts (CP-42).
    """

    complainant = fields.Enum(Complainant, by_value=True, required=True)
    about = fields.Enum(Subject, by_value=True, required=True)
    complainant_name = text(120, allow_none=True)
    complainant_phone = text(40, allow_none=True)
    reported_to_12315 = fields.Boolean()
    repeat_of = fields.UUID(allow_none=True)
    accused_customer_id = fields.UUID(allow_none=True)
    severity = fields.Enum(Severity, by_value=True, allow_none=True)
    details = fields.Nested(DetailsSchema, load_default=dict)
    level = fields.Integer(strict=True, validate=LEVEL, load_default=None)
    level_reason = text(LONG, load_default=None)


class FileComplaintSchema(ComplaintFactsSchema):
    """A complaint as it comes in; ``received_at`` is now unless it came in earlier (a letter)."""

    org_unit = text(60, required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    received_at = AwareTime()
    customer_id = fields.UUID(allow_none=True)
    contact = fields.Nested(NamedContactSchema, load_default=None, allow_none=True)


class MakeFirstContactSchema(DetailsSchema):
    """What was learnt from the complainant or his agent; reason and course are a must (CP-17)."""

    reason = text(LONG, required=True)
    course = text(LONG, required=True)


class RequestFieldWorkSchema(RequestSchema):
    """Where somebody has to go, what for, by which requirements, and by when to tell back."""

    place = text(200, required=True)
    content = text(LONG, required=True)
    requirements = text(LONG, required=True)
    reply_due_at = AwareTime(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Assignment:
        return Assignment(**data)


class TellProgressSchema(RequestSchema):
    """How the complainant was told, and what (CP-26)."""

    method = fields.Enum(Method, by_value=True, required=True)
    content = text(LONG, required=True)


class ReceiveMessageSchema(RequestSchema):
    """What the complainant said, how, and when, if that was not now."""

    channel = fields.Enum(Channel, by_value=True, required=True)
    content = text(LONG, required=True)
    received_at = AwareTime()


class HoldSchema(RequestSchema):
    """For which reason of the pack, in whose words, and until when at the latest."""

    reason = fields.Enum(PauseReason, by_value=True, required=True)
    note = text(LONG, required=True)
    until = AwareTime(required=True)


class NothingSchema(RequestSchema):
    """Nothing has to be said."""


class TellResultSchema(RequestSchema):
    """The result as it was told to the complainant (CP-28)."""

    result = text(LONG, required=True)


class AnswerSatisfactionSchema(RequestSchema):
    """The answer as a code of the scale, how it was asked for, and the evidence of it (CP-28): the
    id of a recording, the text of a message."""

    code = fields.Integer(strict=True, required=True)
    method = fields.Enum(Method, by_value=True, required=True)
    evidence = text(LONG, required=True)


class RaiseLevelSchema(RequestSchema):
    """To which level, and why (CP-63)."""

    level = fields.Integer(strict=True, required=True, validate=LEVEL)
    reason = text(LONG, required=True)


class LowerLevelSchema(RaiseLevelSchema):
    """To which lower level, and why; kept in the audit log (CP-63)."""


class ReopenClosedSchema(RequestSchema):
    """Why a closed complaint is taken up again; kept in the audit log (CP-49)."""

    reason = text(LONG, required=True)


class ReviewSchema(RequestSchema):
    """What the reviewer says of the handling (CP-21)."""

    opinion = text(LONG, required=True)


class RecordDecisionSchema(RequestSchema):
    """What the general manager's meeting decided (CP-31)."""

    text = text(LONG, required=True)


class RevealComplainantSchema(RequestSchema):
    """Why the contact details have to be seen; kept in the audit log."""

    reason = text(LONG, required=True)


class Order(StrEnum):
    """How complaints are listed: as they were filed, or as they are attended to."""

    FILED = "filed"
    QUEUE = "queue"


class ListComplaintsSchema(PageArgs):
    """Which of the visible complaints to list; the ``queue`` leaves out what is archived."""

    state = fields.Enum(State, by_value=True)
    level = fields.Integer(validate=LEVEL)
    assigned_to = fields.String(validate=OneOf(["me"]))
    order = fields.Enum(Order, by_value=True, load_default=Order.FILED)
