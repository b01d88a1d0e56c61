"""What customers may say when they file something themselves."""

from marshmallow import fields

from complaint.api.requests import LONG, NamedContactSchema, text
from complaint.api.tracking import TrackedSchema
from complaint.domain.feedback import FeedbackTopic
from complaint.domain.intake import Complainant, Subject
from complaint.domain.problems import ProblemSource, ProblemType
from shared.web.schemas import AwareTime, RequestSchema


class FileSchema(RequestSchema):
    """Where a customer turns to, and whom to write to about it: up to him."""

    org_unit = text(60, required=True)
    contact = fields.Nested(NamedContactSchema, load_default=None)


class FilePubliclySchema(FileSchema):
    """What a customer says of himself and of what he is not content with."""

    complainant = fields.Enum(Complainant, by_value=True, required=True)
    about = fields.Enum(Subject, by_value=True, required=True)
    reason = text(LONG, required=True)
    course = text(LONG)
    occurred_at = AwareTime()
    place = text(200)
    shop_and_persons = text(200)
    product = text(120)
    product_code = text(60)
    sales_order = text(60)
    respondent_department = text(120)
    respondent_person = text(120)
    complainant_name = text(120)
    complainant_phone = text(40)
    other_contacts = text(200)


class RequestPubliclySchema(FileSchema):
    """What a customer wants."""

    matter = text(LONG, required=True)


class GiveFeedbackSchema(RequestPubliclySchema):
    """What a customer thinks of us, and what it is about."""

    topic = fields.Enum(FeedbackTopic, by_value=True, required=True)


class ReportProblemSchema(RequestPubliclySchema):
    """What a customer found wrong, and of which kind it is (PT-01..PT-03, PT-18)."""

    type = fields.Enum(ProblemType, by_value=True, required=True)
    source = fields.Enum(ProblemSource, by_value=True, required=True)
    product = text(120, load_default=None)
    batch = text(60, load_default=None)


class FiledSchema(TrackedSchema):
    """What was filed, and the code that finds it; it is shown here alone."""

    tracking_code = fields.String(required=True)
