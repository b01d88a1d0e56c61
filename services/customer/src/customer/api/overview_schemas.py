"""What goes over HTTP when everything of one customer is shown: answers."""

from marshmallow import Schema, fields

from customer.api.complaint_schemas import KnownComplaintSchema, KnownWorkOrderSchema
from customer.api.contact_schemas import ContactSchema, SentSchema
from customer.api.customer_schemas import CustomerSchema
from customer.api.grade_schemas import ShownGrades
from customer.api.texts import Amount
from customer.api.visit_schemas import VisitSchema
from customer.domain.memberships import Standing
from shared.web.schemas import AwareTime
from shared.web.timeline import TimelinePageSchema


def _listed(schema: type[Schema]) -> fields.List[object]:
    return fields.List(fields.Nested(schema), required=True)


class MasterDataSchema(CustomerSchema):
    """Who the customer is; his grades stand beside it."""

    class Meta:
        exclude = ("grades",)


class VisitInBriefSchema(VisitSchema):
    """A visit without its report."""

    class Meta:
        exclude = ("report",)


class BasicDataSchema(Schema):
    """Who the customer is, and whom one speaks with."""

    customer = fields.Nested(MasterDataSchema, required=True)
    contacts = _listed(ContactSchema)


class MembershipSchema(Schema):
    """In whose customer base he stands, and who cares for him there full-time."""

    unit = fields.String(required=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    owner_id = fields.UUID(required=True, allow_none=True)
    since = AwareTime(required=True)


class PurchasesSchema(Schema):
    """What he bought in the year up to his last purchase, in 10,000 yuan."""

    amount = Amount(required=True)
    frequency = fields.Integer(required=True)
    last_on = fields.Date(required=True)
    told_at = AwareTime(required=True)


class TransactionsSchema(Schema):
    """What he buys; null while nobody has told."""

    purchases = fields.Nested(PurchasesSchema, required=True, allow_none=True)


class CommunicationsSchema(Schema):
    """The visits that were made and the messages that were sent, the latest first."""

    visits = _listed(VisitInBriefSchema)
    messages = _listed(SentSchema)


class ComplaintHandlingSchema(Schema):
    """What he complained of, and what is done about it. ``satisfaction`` is the mean of his last
    answers, from 0 to 100; ``contacts`` counts the contacts that his complaints caused."""

    complaints = fields.Integer(required=True)
    contacts = fields.Integer(required=True)
    satisfaction = fields.Integer(required=True, allow_none=True)
    open_complaints = _listed(KnownComplaintSchema)
    open_work_orders = _listed(KnownWorkOrderSchema)


class DueSchema(Schema):
    """What somebody owes the customer: by the end of a local day or at a time, one of both."""

    kind = fields.String(required=True)
    subject_id = fields.UUID(required=True)
    what = fields.String(required=True)
    by = fields.UUID(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    due_at = AwareTime(required=True, allow_none=True)


class OverviewSchema(Schema):
    """A customer from all sides. Each list shows the first 20; ``links`` lead to whole lists."""

    customer_id = fields.UUID(required=True)
    basic_data = fields.Nested(BasicDataSchema, required=True)
    grades = ShownGrades(required=True)
    memberships = _listed(MembershipSchema)
    transactions = fields.Nested(TransactionsSchema, required=True)
    communications = fields.Nested(CommunicationsSchema, required=True)
    complaint_handling = fields.Nested(ComplaintHandlingSchema, required=True)
    open_visits = _listed(VisitInBriefSchema)
    due_next = _listed(DueSchema)
    timeline = fields.Nested(TimelinePageSchema, required=True)
    links = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
